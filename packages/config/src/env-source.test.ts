import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createConfig } from './config.ts';
import { fromEnv } from './env-source.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { asDuration } from './value-schemas.ts';

afterEach(() => vi.unstubAllGlobals());

describe('fromEnv', () => {
  it('reads the variables of a mapping and no others', () => {
    const env = { APP_REGION: 'north', region: 'wrong', APP_OTHER: 'x' };
    const config = createConfig([fromEnv({ env, mapping: { region: 'APP_REGION' } })]);
    expect(config.getString('region')).toBe('north');
    expect(config.getString('other')).toBeUndefined();
    expect(config.getString('APP_REGION')).toBeUndefined();
  });

  it.each([
    ['region', 'APP_REGION'],
    ['maxRetries', 'APP_MAX_RETRIES'],
    ['baseURL', 'APP_BASE_URL'],
    ['rateLimitRPM', 'APP_RATE_LIMIT_RPM'],
    ['retry.maxAttempts', 'APP_RETRY_MAX_ATTEMPTS'],
    ['log-level', 'APP_LOG_LEVEL'],
    ['oauth2Token', 'APP_OAUTH2_TOKEN'],
  ])('reads %s from %s with a prefix', (key, variable) => {
    const config = createConfig([fromEnv({ env: { [variable]: 'yes' }, prefix: 'APP_' })]);
    expect(config.getString(key)).toBe('yes');
    expect(config.origin(key)).toBe(`environment variable ${variable}`);
  });

  it('describes the variables of its prefix by their plainest keys', () => {
    const env = { APP_MAX_RETRIES: '3', APP_BLANK: ' ', APP_: 'x', OTHER: 'x' };
    const { settings } = createConfig([fromEnv({ env, prefix: 'APP_' })]).describe();
    expect(settings.map(({ key }) => key)).toEqual(['maxRetries']);
  });

  it.each(['', ' ', '\t\r\n'])('takes %j for not set', (APP_REGION) => {
    const source = fromEnv({ env: { APP_REGION }, mapping: { region: 'APP_REGION' } });
    expect(createConfig([source]).getString('region')).toBeUndefined();
  });

  it.each([
    ['90', 90_000],
    ['0.5', 500],
    ['90s', 90_000],
    ['2m', 120_000],
    ['250ms', 250],
    [' 90\n', 90_000],
  ])('reads %j seconds as %d ms', (APP_TIMEOUT, ms) => {
    const mapping = { timeout: { name: 'APP_TIMEOUT', unit: 's' } } as const;
    const config = createConfig([fromEnv({ env: { APP_TIMEOUT }, mapping })]);
    expect(config.get('timeout', asDuration())).toBe(ms);
  });

  it.each(['abc', '-5', '1e3', 'Infinity', '5 seconds'])(
    'quotes %j as it is written when it is no duration',
    (APP_TIMEOUT) => {
      const mapping = { timeout: { name: 'APP_TIMEOUT', unit: 's' } } as const;
      const config = createConfig([fromEnv({ env: { APP_TIMEOUT }, mapping })]);
      const { message } = configurationErrorOf(() => config.get('timeout', asDuration()));
      expect(message).toContain('environment variable APP_TIMEOUT is wrong: expected a duration');
      expect(message).toContain(`The value is "${APP_TIMEOUT}".`);
    },
  );

  it('reads process.env anew each time', () => {
    vi.stubEnv('CONFIG_TEST_REGION', 'north');
    const config = createConfig([fromEnv({ prefix: 'CONFIG_TEST_' })]);
    expect(config.getString('region')).toBe('north');
    vi.stubEnv('CONFIG_TEST_REGION', 'south');
    expect(config.getString('region')).toBe('south');
    vi.unstubAllEnvs();
    expect(config.getString('region')).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['no process', undefined],
    ['a process without an environment', {}],
  ])('has nothing where there is %s', (_name, process) => {
    vi.stubGlobal('process', process);
    const config = createConfig([fromEnv({ prefix: '' }), fromEnv({ mapping: { path: 'PATH' } })]);
    const path = config.getString('path');
    const { settings } = config.describe();
    vi.unstubAllGlobals();
    expect(path).toBeUndefined();
    expect(settings).toEqual([]);
  });

  it.each([{}, { mapping: {}, prefix: 'APP_' }])('refuses %j', (options) => {
    expect(configurationErrorOf(() => fromEnv(options)).message).toContain('either a mapping');
  });

  it('finds exactly the variables that are there and not blank', () => {
    const name = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'PATH'),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), name, (pairs, asked) => {
        const env = Object.fromEntries(pairs);
        const config = createConfig([
          fromEnv({ env, mapping: Object.fromEntries([['key', asked]]) }),
        ]);
        const last = pairs.findLast(([one]) => one === asked)?.[1];
        const set = last === undefined || last.trim() === '' ? undefined : last;
        expect(config.get('key', z.string())).toBe(set);
        expect(({} as Record<string, unknown>)['key']).toBeUndefined();
      }),
    );
  });

  it('never fails over the names that a prefix makes of keys', () => {
    const any = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(any, any, fc.dictionary(any, any), (key, prefix, env) => {
        const config = createConfig([fromEnv({ env, prefix })]);
        const value = config.getString(key);
        expect(value === undefined || Object.values(env).includes(value)).toBe(true);
        expect(config.describe().problems).toEqual([]);
      }),
    );
  });
});

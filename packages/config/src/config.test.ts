import { describeConfigProviderContract, TestLogger } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from './config.ts';
import { fromEnv } from './env-source.ts';
import { fromFunction } from './function-source.ts';
import { fromObject } from './object-source.ts';
import type { ConfigSource } from './source.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { asWholeNumber } from './value-schemas.ts';

describeConfigProviderContract({
  describe,
  it,
  name: 'ConfigProvider of an object',
  create: ({ values }) => createConfig([fromObject(values)]),
});

describeConfigProviderContract({
  describe,
  it,
  name: 'ConfigProvider of the environment',
  create: ({ values }) =>
    createConfig([
      fromEnv({
        env: Object.fromEntries(
          Object.entries(values).map(([key, value]) => [`APP_${key.toUpperCase()}`, value]),
        ),
        prefix: 'APP_',
      }),
    ]),
});

const env = { APP_TIMEOUT: '5', APP_REGION: 'north' };
const environment = fromEnv({ env, mapping: { timeout: 'APP_TIMEOUT', region: 'APP_REGION' } });

describe('createConfig', () => {
  it('takes each key from the first source that has it', () => {
    const config = createConfig([
      fromObject({ region: 'south' }),
      environment,
      fromObject({ region: 'west', timeout: '9', retries: 3 }, { name: 'defaults' }),
    ]);
    expect(config.getString('region')).toBe('south');
    expect(config.getString('timeout')).toBe('5');
    expect(config.get('retries', z.number())).toBe(3);
    expect(config.getString('absent')).toBeUndefined();
  });

  it('tells where a value comes from', () => {
    const config = createConfig([environment, fromObject({ retries: 3 }, { name: 'defaults' })]);
    expect(config.origin('timeout')).toBe('environment variable APP_TIMEOUT');
    expect(config.origin('retries')).toBe('defaults');
    expect(config.origin('absent')).toBeUndefined();
  });

  it('is not changed by a later change of the list of sources', () => {
    const sources = [environment];
    const config = createConfig(sources);
    sources.length = 0;
    expect(config.getString('region')).toBe('north');
  });

  it('has nothing without sources', () => {
    const config = createConfig([]);
    expect(config.getString('any')).toBeUndefined();
    expect(config.describe()).toEqual({ sources: [], settings: [], warnings: [], problems: [] });
  });

  it('does not ask a weaker source for what a stronger one has', () => {
    const asked: string[] = [];
    const config = createConfig([
      fromObject({ region: 'south' }),
      fromFunction((key) => void asked.push(key)),
    ]);
    config.getString('region');
    config.getString('other');
    expect(asked).toEqual(['other']);
  });

  it.each<[string, unknown, string]>([
    ['text', 'plain', 'plain'],
    ['a number', 2.5, '2.5'],
    ['a boolean', false, 'false'],
    ['a bigint', 12n, '12'],
  ])('writes out %s for getString()', (_name, value, text) => {
    expect(createConfig([fromObject({ value })]).getString('value')).toBe(text);
  });

  it.each<[string, unknown, string]>([
    ['a list', ['a', 'b'], 'a list of 2'],
    ['an object', { a: 1 }, 'an object'],
  ])('refuses %s for getString()', (_name, value, shown) => {
    const config = createConfig([fromObject({ value })]);
    const error = configurationErrorOf(() => config.getString('value'));
    expect(error.message).toContain(`The setting value from options is wrong`);
    expect(error.message).toContain(shown);
  });

  it('names key, place, expectation and value when a schema refuses', () => {
    const config = createConfig([environment]);
    const schema = z.enum(['east', 'west']);
    const error = configurationErrorOf(() => config.get('region', schema));
    expect(error.message).toBe(
      'The setting region from environment variable APP_REGION is wrong: Invalid option: expected one of "east"|"west". The value is "north".',
    );
    expect(error.context).toEqual({
      key: 'region',
      origin: 'environment variable APP_REGION',
    });
    expect(error.cause).toBeInstanceOf(z.ZodError);
  });

  it('names the member of an object that a schema refuses', () => {
    const config = createConfig([fromObject({ retry: { attempts: 'many' } })]);
    const schema = z.object({ attempts: z.number() });
    expect(configurationErrorOf(() => config.get('retry', schema)).message).toContain(
      'attempts: Invalid input: expected number',
    );
  });

  it('tells what any other schema says', () => {
    const config = createConfig([environment]);
    const parse = (): never => {
      throw new RangeError('only on Sundays.');
    };
    expect(configurationErrorOf(() => config.get('region', { parse })).message).toContain(
      'is wrong: only on Sundays. The value is "north".',
    );
  });

  it('shortens long values and long words', () => {
    const config = createConfig([fromObject({ region: 'n'.repeat(5000) })]);
    const parse = (value: unknown): never => {
      throw new Error(`not ${String(value)}`);
    };
    const { message } = configurationErrorOf(() => config.get('region', { parse }));
    expect(message.length).toBeLessThan(500);
    expect(message).toContain(`${'n'.repeat(60)}..."`);
  });

  it('tells values that look like a password even under a plain key from those that do not', () => {
    const address = `https://user:${'p'.repeat(80)}@proxy.test`;
    const config = createConfig([fromObject({ proxy: address })]);
    const { message } = configurationErrorOf(() => config.get('proxy', asWholeNumber()));
    expect(message).toContain('https://[REDACTED]@proxy.test');
    expect(message).not.toContain('ppp');
    expect(JSON.stringify(config.describe())).not.toContain('ppp');
  });
});

describe('describe()', () => {
  it('reports every setting with what it overrides, and no secret', () => {
    const config = createConfig([
      fromObject({ apiKey: 'test-key', region: 'south' }),
      environment,
      fromObject({ nested: { region: 'x' }, off: undefined }, { name: 'defaults' }),
    ]);
    expect(config.describe()).toEqual({
      sources: ['options', 'environment', 'defaults'],
      settings: [
        { key: 'apiKey', origin: 'options', value: '[REDACTED]', overrides: [] },
        { key: 'nested.region', origin: 'defaults', value: '"x"', overrides: [] },
        {
          key: 'region',
          origin: 'options',
          value: '"south"',
          overrides: ['environment variable APP_REGION'],
        },
        { key: 'timeout', origin: 'environment variable APP_TIMEOUT', value: '"5"', overrides: [] },
      ],
      warnings: [],
      problems: [],
    });
  });

  it('has the trouble of a source among its problems', () => {
    const broken = (): never => {
      throw new Error('the vault is sealed');
    };
    const config = createConfig([fromObject({ token: broken, region: 'south' })]);
    const { problems, settings } = config.describe();
    expect(problems).toEqual([
      'The setting token could not be read from options: the function behind it threw. Its error is the cause of this one.',
    ]);
    expect(settings.map(({ key }) => key)).toEqual(['region']);
  });
});

describe('warnings and reload()', () => {
  function warning(text: string, reload: () => void = () => undefined): ConfigSource {
    return { name: 'one', warnings: [text], find: () => undefined, keys: () => [], reload };
  }

  it('logs each warning once and lists it', () => {
    const logger = new TestLogger();
    const config = createConfig([warning('mind the gap')], { logger });
    config.getString('a');
    config.getString('b');
    config.describe();
    expect(logger.messages('warn')).toEqual(['mind the gap']);
    expect(config.warnings).toEqual(['mind the gap']);
    expect(config.describe().warnings).toEqual(['mind the gap']);
  });

  it('reloads every source, and tells of all that failed', () => {
    const done: string[] = [];
    const failing = (text: string) => (): void => {
      done.push(text);
      throw new Error(text);
    };
    const one = warning('a', failing('first.'));
    const config = createConfig([one, warning('b', failing('second.'))]);
    expect(configurationErrorOf(() => config.reload()).message).toContain('first. second.');
    expect(done).toEqual(['first.', 'second.']);
    expect(() => createConfig([one]).reload()).toThrow(/^first\.$/);
    expect(() => createConfig([environment]).reload()).not.toThrow();
  });
});

describe('values from functions', () => {
  it('are read again each time', () => {
    let region = 'north';
    const config = createConfig([fromObject({ region: () => region })]);
    expect(config.getString('region')).toBe('north');
    region = 'south';
    expect(config.getString('region')).toBe('south');
  });

  it('may be undefined or null, which is not set', () => {
    const functions = fromFunction((key) => (key === 'a' ? undefined : null));
    const config = createConfig([functions, fromObject({ a: 'weaker', b: 'weaker' })]);
    expect(config.getString('a')).toBe('weaker');
    expect(config.getString('b')).toBe('weaker');
  });

  it('may not be promises, whose rejection is looked after', () => {
    const asynchronous = fromFunction(() => Promise.reject(new Error('late')), { name: 'vault' });
    const error = configurationErrorOf(() => createConfig([asynchronous]).getString('region'));
    expect(error.message).toContain('The setting region from vault is a promise');
  });

  it('fail with the error as the cause', () => {
    const cause = new Error('sealed');
    const vault = fromFunction(
      () => {
        throw cause;
      },
      { name: 'vault' },
    );
    const error = configurationErrorOf(() => createConfig([vault]).getSecret('apiKey'));
    expect(error.message).toContain('apiKey could not be read from vault');
    expect(error.cause).toBe(cause);
  });

  it('may be secrets', () => {
    const secret = new SecretString('test-key');
    const config = createConfig([fromFunction(() => secret, { secrets: ['apiKey'] })]);
    expect(config.getSecret('apiKey')).toBe(secret);
    expect(() => config.getString('apiKey')).toThrow('read it with getSecret()');
  });
});

describe('fromObject', () => {
  it('reads nested objects by paths, and an exact name first', () => {
    const config = createConfig([fromObject({ a: { b: 'nested', c: 'x' }, 'a.b': 'exact' })]);
    expect(config.getString('a.b')).toBe('exact');
    expect(config.getString('a.c')).toBe('x');
    expect(config.getString('a.c.d')).toBeUndefined();
  });

  it.each([
    'constructor',
    '__proto__',
    'a.constructor',
    'a.__proto__.x',
    'toString.name',
    'a.b.length',
    '',
  ])('has no %j that was not put there', (key) => {
    expect(createConfig([fromObject({ a: { b: 'text' } })]).get(key, z.any())).toBeUndefined();
  });

  it('describes an object that holds itself', () => {
    const object: Record<string, unknown> = { name: 'x' };
    object['self'] = object;
    const keys = createConfig([fromObject(object)])
      .describe()
      .settings.map(({ key }) => key);
    expect(keys).toEqual(['name', 'self']);
  });

  it('leaves instances of classes whole', () => {
    const url = new URL('https://api.test');
    const config = createConfig([fromObject({ url })]);
    expect(config.get('url', z.instanceof(URL))).toBe(url);
    expect(config.getString('url.href')).toBeUndefined();
  });
});

import { createConfig, fromObject } from '@integrations/config';
import { ConfigurationError } from '@integrations/errors';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import type { SecretString } from '@integrations/types';
import type { ClientOptions } from '../client-options.ts';
import { providerSettings } from './provider-settings.ts';
import { sharedSettings } from './shared-settings.ts';

const { timeout, ...SHARED } = sharedSettings({ prefix: 'ACME', baseURL: 'https://api.acme.test' });

const SETTINGS = providerSettings(
  {
    ...SHARED,
    timeout: { ...timeout, env: 'ACME_TIMEOUT_SECS', default: '120s' },
    team: { env: 'ACME_TEAM', secret: true, description: 'Who pays' },
  },
  () => [fromObject({ apiKey: 'test-key-of-a-file', maxRetries: 4 }, { secrets: ['apiKey'] })],
);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('sharedSettings', () => {
  it('has a variable for each, by the prefix', () => {
    const definitions = Object.values({ ...SHARED, timeout });
    expect(definitions.map(({ env }) => String(env)).toSorted()).toEqual([
      'ACME_API_KEY',
      'ACME_BASE_URL',
      'ACME_ENABLE_METRICS',
      'ACME_ENABLE_TRACING',
      'ACME_LOG_LEVEL',
      'ACME_LOG_REQUESTS',
      'ACME_LOG_RESPONSES',
      'ACME_MAX_RETRIES',
      'ACME_RATE_LIMIT_RPM',
      'ACME_RATE_LIMIT_TPM',
      'ACME_TIMEOUT',
    ]);
  });

  it('has defaults that a provider changes', () => {
    expect(SHARED.maxRetries.default).toBe(2);
    expect(timeout.default).toBe('60s');
    const other = sharedSettings({
      prefix: 'ACME',
      baseURL: 'https://a.test',
      timeout: '9s',
      maxRetries: 7,
    });
    expect(other.timeout.default).toBe('9s');
    expect(other.maxRetries.default).toBe(7);
  });
});

function retriesOf(settings: {
  read(options: ClientOptions): { options: ClientOptions };
}): number | undefined {
  const options: ClientOptions = {};
  return settings.read(options).options.maxRetries;
}

describe('ProviderSettings', () => {
  it('reads the environment, then the sources, then the defaults', () => {
    vi.stubEnv('ACME_TIMEOUT_SECS', '5');
    vi.stubEnv('ACME_TEAM', 'plain words');
    const { options, values } = SETTINGS.read({ logLevel: 'warn' });
    expect(options).toMatchObject({
      baseURL: 'https://api.acme.test',
      timeout: 5000,
      maxRetries: 4,
      logLevel: 'warn',
    });
    expectTypeOf(values.team).toEqualTypeOf<SecretString | undefined>();
    expect(values.team?.expose()).toBe('plain words');
    expect(options.apiKey).toBeTypeOf('function');
  });

  it('reads nothing but a configuration that is given', () => {
    vi.stubEnv('ACME_API_KEY', 'test-key');
    const config = createConfig([fromObject({})]);
    expect(() => SETTINGS.read({ config })).toThrow(ConfigurationError);
    expect(() => SETTINGS.read({ config })).toThrow(/apiKey in a source of `config`/);
  });

  it('names the variable of what is wrong', () => {
    vi.stubEnv('ACME_TIMEOUT_SECS', 'soon');
    expect(() => SETTINGS.read({ apiKey: 'test-key' })).toThrow(/ACME_TIMEOUT_SECS/);
  });

  it('reads variables and files anew for each client', () => {
    const { apiKey, maxRetries } = SHARED;
    const bare = providerSettings({ apiKey, maxRetries });
    let inFile = 5;
    const filed = providerSettings({ apiKey, maxRetries }, () => [
      fromObject({ maxRetries: inFile }),
    ]);
    vi.stubEnv('ACME_API_KEY', 'test-key');
    expect(retriesOf(bare)).toBe(2);
    expect(retriesOf(filed)).toBe(5);
    inFile = 6;
    expect(retriesOf(filed)).toBe(6);
    vi.stubEnv('ACME_MAX_RETRIES', '3');
    expect(retriesOf(bare)).toBe(3);
    expect(retriesOf(filed)).toBe(3);
  });

  it('gives the variables as a source of others', () => {
    const source = SETTINGS.fromEnv({
      ACME_BASE_URL: 'https://other.test',
      ACME_API_KEY: 'test-key',
    });
    const config = createConfig([source]);
    expect(config.getString('baseURL')).toBe('https://other.test');
    expect(config.getSecret('apiKey')?.expose()).toBe('test-key');
  });

  it('describes itself', () => {
    const table = SETTINGS.describe();
    expect(table).toContain('`ACME_TIMEOUT_SECS`');
    expect(table).toContain('Who pays');
  });
});

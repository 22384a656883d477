import {
  asDuration,
  asFlag,
  asOneOf,
  asText,
  asWholeNumber,
  createConfig,
  defineSettings,
  type Environment,
  fromEnv,
  fromObject,
} from '@integrations/config';
import { ConfigurationError } from '@integrations/errors';
import { TestMetrics, TestTracer } from '@integrations/testing';
import type { ConfigProvider, SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { asBaseURL } from './base-url.ts';
import { type ClientConfig, configureOptions } from './client-config.ts';
import type { ClientOptions } from './client-options.ts';
import { LOGGER_LEVELS } from './log-level.ts';

const table = defineSettings({
  apiKey: { env: 'ACME_KEY', secret: true, required: true, description: '' },
  region: { env: 'ACME_REGION', schema: asText(), default: 'north', description: '' },
  baseURL: { env: 'ACME_URL', schema: asBaseURL(), description: '' },
  timeout: { env: 'ACME_TIMEOUT', schema: asDuration(), unit: 's', description: '' },
  maxRetries: { env: 'ACME_RETRIES', schema: asWholeNumber({ min: 0 }), description: '' },
  requestsPerMinute: { env: 'ACME_RPM', schema: asWholeNumber({ min: 1 }), description: '' },
  tokensPerMinute: { env: 'ACME_TPM', schema: asWholeNumber({ min: 1 }), description: '' },
  enableTracing: { env: 'ACME_TRACING', schema: asFlag(), description: '' },
  enableMetrics: { env: 'ACME_METRICS', schema: asFlag(), description: '' },
  logLevel: { env: 'ACME_LEVEL', schema: asOneOf(LOGGER_LEVELS), description: '' },
  logRequests: { env: 'ACME_LOG_REQUESTS', schema: asFlag(), description: '' },
  logResponses: { env: 'ACME_LOG_RESPONSES', schema: asFlag(), description: '' },
});

type Values = ReturnType<typeof table.readExcept>;

function acme(env: Environment): ClientConfig<Values> {
  return { table, environment: createConfig([fromEnv({ env, mapping: table.environment })]) };
}

function keyOf({ apiKey }: ClientOptions): string {
  return (apiKey as () => SecretString)().expose();
}

/** Everything that the environment can say. */
const EVERYTHING = {
  ACME_KEY: 'test-key',
  ACME_REGION: 'south',
  ACME_URL: 'https://proxy.test/v1/',
  ACME_TIMEOUT: '1.5',
  ACME_RETRIES: '5',
  ACME_RPM: '60',
  ACME_TPM: '1000',
  ACME_TRACING: 'no',
  ACME_METRICS: 'no',
  ACME_LEVEL: 'Silent',
  ACME_LOG_REQUESTS: 'yes',
  ACME_LOG_RESPONSES: 'yes',
} as const;

/** Nothing in it can be right. */
const NONSENSE = Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, 'two words']));

const SINKS = { tracer: new TestTracer(), metrics: new TestMetrics() };

describe('configureOptions', () => {
  it('fills in what the options leave out', () => {
    const { options, values } = configureOptions(
      { totalTimeout: '9s', ...SINKS },
      acme(EVERYTHING),
    );
    expect(keyOf(options)).toBe('test-key');
    expect(options).toEqual({
      apiKey: expect.any(Function),
      totalTimeout: '9s',
      baseURL: 'https://proxy.test/v1',
      timeout: 1500,
      maxRetries: 5,
      rateLimit: { requestsPerMinute: 60, tokensPerMinute: 1000 },
      tracer: undefined,
      metrics: undefined,
      logLevel: 'silent',
      logRequests: true,
      logResponses: true,
    });
    expect(values.region).toBe('south');
  });

  it('says nothing where neither does', () => {
    const { options, values } = configureOptions(SINKS, acme({ ACME_KEY: 'test-key' }));
    expect(options).toEqual({ apiKey: expect.any(Function), ...SINKS });
    expect(values).toMatchObject({ region: 'north' });
  });

  it('reads nothing that the options give', () => {
    const given = {
      apiKey: 'test-key',
      region: 'east',
      baseURL: 'https://acme.test',
      timeout: '2s',
      maxRetries: 0,
      rateLimit: { requestsPerMinute: 1 },
      enableTracing: true,
      enableMetrics: true,
      logLevel: 'warn',
      logRequests: false,
      logResponses: false,
      ...SINKS,
    } as const;
    const { options, values } = configureOptions(given, acme(NONSENSE));
    expect(options).toEqual(given);
    expect(values).toEqual({});
  });

  it('names every variable that is wrong', () => {
    const configure = (): unknown =>
      configureOptions({ apiKey: 'test-key' }, acme({ ...NONSENSE, ACME_URL: 'http://acme.test' }));
    for (const name of Object.keys(EVERYTHING).slice(2)) {
      expect(configure).toThrow(`environment variable ${name} is wrong: `);
    }
    expect(configure).toThrow(/ACME_URL is wrong: .*http:\/\/ would send the key to acme.test/);
    expect(configure).toThrow(ConfigurationError);
  });

  it.each<[string, Environment, string]>([
    ['set', {}, 'pass the option `apiKey`, or set the environment variable ACME_KEY.'],
    ['blank', { ACME_KEY: ' ' }, 'pass the option `apiKey`, or set the environment variable'],
    ['a key', { ACME_KEY: 'correct horse' }, 'The key from the environment variable ACME_KEY'],
  ])('asks for a key that is not %s', (_name, env, message) => {
    expect(() => configureOptions({}, acme(env))).toThrow(message);
    expect(() => configureOptions({}, acme(env))).not.toThrow(/horse/);
  });

  it('reads the key anew each time, and keeps the last one', () => {
    const env: Record<string, string> = { ACME_KEY: 'first-key' };
    const { options } = configureOptions({}, acme(env));
    env['ACME_KEY'] = 'second-key';
    expect(keyOf(options)).toBe('second-key');
    delete env['ACME_KEY'];
    expect(keyOf(options)).toBe('second-key');
    env['ACME_KEY'] = 'third key';
    expect(() => keyOf(options)).toThrow(
      /^The key from the environment variable ACME_KEY contains/,
    );
  });

  it('reads another configuration in place of the environment', () => {
    const config = createConfig([
      fromObject({ apiKey: 'other-key', timeout: '3s', region: 'west' }),
    ]);
    const { options, values } = configureOptions({ config }, acme(EVERYTHING));
    expect(keyOf(options)).toBe('other-key');
    expect(options).toMatchObject({ timeout: 3000, maxRetries: undefined, config });
    expect(values.region).toBe('west');
    expect(() => configureOptions({ config: createConfig([]) }, acme(EVERYTHING))).toThrow(
      'There is no API key: pass the option `apiKey`, or set apiKey in a source of `config`.',
    );
  });

  it.each([null, 5, {}, { get: () => undefined }])('refuses %j for a configuration', (config) => {
    const options = { config: config as unknown as ConfigProvider };
    expect(() => configureOptions(options, acme(EVERYTHING))).toThrow(
      /`config` must be a configuration, such as createConfig\(\) makes, not /,
    );
  });
});

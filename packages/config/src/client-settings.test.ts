import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type Config, createConfig } from './config.ts';
import { describeConfig } from './describe-config.ts';
import { fromEnv } from './env-source.ts';
import { fromObject } from './object-source.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { defineSettings } from './settings.ts';
import { asDuration, asFlag, asLogLevel, asText, asUrl, asWholeNumber } from './value-schemas.ts';

/** The settings of a client, of every kind. */
const acmeSettings = defineSettings({
  apiKey: { env: 'ACME_API_KEY', secret: true, required: true, description: 'API key' },
  organization: { env: 'ACME_ORG_ID', schema: asText(), description: 'Organization id' },
  project: { env: 'ACME_PROJECT_ID', schema: asText(), description: 'Project id' },
  baseURL: { env: 'ACME_BASE_URL', schema: asUrl(), description: 'Base address, for proxies' },
  timeout: {
    env: 'ACME_TIMEOUT',
    schema: asDuration({ min: 1 }),
    unit: 's',
    default: '60s',
    description: 'Request timeout',
  },
  maxRetries: {
    env: 'ACME_MAX_RETRIES',
    schema: asWholeNumber({ min: 0 }),
    default: 3,
    description: 'Retries at most',
  },
  requestsPerMinute: {
    env: 'ACME_RATE_LIMIT_RPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Requests per minute',
  },
  tokensPerMinute: {
    env: 'ACME_RATE_LIMIT_TPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Tokens per minute',
  },
  enableTracing: {
    env: 'ACME_ENABLE_TRACING',
    schema: asFlag(),
    default: true,
    description: 'Distributed tracing',
  },
  enableMetrics: {
    env: 'ACME_ENABLE_METRICS',
    schema: asFlag(),
    default: true,
    description: 'Export of metrics',
  },
  logLevel: { env: 'ACME_LOG_LEVEL', schema: asLogLevel(), description: 'Log level' },
  logRequests: {
    env: 'ACME_LOG_REQUESTS',
    schema: asFlag(),
    default: false,
    description: 'Log request bodies',
  },
  logResponses: {
    env: 'ACME_LOG_RESPONSES',
    schema: asFlag(),
    default: false,
    description: 'Log response bodies',
  },
});

/** Each variable with a value that it may have. */
const acmeEnvironment = {
  ACME_API_KEY: 'test-key',
  ACME_ORG_ID: 'org-test',
  ACME_PROJECT_ID: 'project-test',
  ACME_BASE_URL: 'https://proxy.test/v1',
  ACME_TIMEOUT: '90',
  ACME_MAX_RETRIES: '5',
  ACME_RATE_LIMIT_RPM: '500',
  ACME_RATE_LIMIT_TPM: '200000',
  ACME_ENABLE_TRACING: 'no',
  ACME_ENABLE_METRICS: '0',
  ACME_LOG_LEVEL: 'DEBUG',
  ACME_LOG_REQUESTS: 'yes',
  ACME_LOG_RESPONSES: '1',
} as const;

function acmeConfig(env: Readonly<Record<string, string>>): Config {
  return createConfig([fromEnv({ env, mapping: acmeSettings.environment }), acmeSettings.defaults]);
}

describe('the settings of a client', () => {
  it('cover every variable', () => {
    const { apiKey, ...values } = acmeSettings.read(acmeConfig(acmeEnvironment));
    expect(apiKey.expose()).toBe('test-key');
    expect(values).toEqual({
      organization: 'org-test',
      project: 'project-test',
      baseURL: 'https://proxy.test/v1',
      timeout: 90_000,
      maxRetries: 5,
      requestsPerMinute: 500,
      tokensPerMinute: 200_000,
      enableTracing: false,
      enableMetrics: false,
      logLevel: 'debug',
      logRequests: true,
      logResponses: true,
    });
    const variables = Object.values(acmeSettings.definitions).map(({ env }) => env);
    expect(variables.toSorted()).toEqual(Object.keys(acmeEnvironment).toSorted());
  });

  it('have their defaults', () => {
    const { apiKey, ...values } = acmeSettings.read(acmeConfig({ ACME_API_KEY: 'test-key' }));
    expect(apiKey).toBeInstanceOf(SecretString);
    expect(values).toEqual({
      organization: undefined,
      project: undefined,
      baseURL: undefined,
      timeout: 60_000,
      maxRetries: 3,
      requestsPerMinute: undefined,
      tokensPerMinute: undefined,
      enableTracing: true,
      enableMetrics: true,
      logLevel: undefined,
      logRequests: false,
      logResponses: false,
    });
  });

  it('report everything that is wrong in one error', () => {
    const config = acmeConfig({
      ACME_TIMEOUT: 'soon',
      ACME_MAX_RETRIES: '-1',
      ACME_ENABLE_TRACING: 'perhaps',
      ACME_ORG_ID: 'fine',
    });
    const error = configurationErrorOf(() => acmeSettings.read(config));
    expect(error.message.split('\n')).toEqual([
      '4 problems with the configuration:',
      '- The setting apiKey is missing: set the environment variable ACME_API_KEY.',
      '- The setting timeout from environment variable ACME_TIMEOUT is wrong: expected a duration, as a plain number or with its unit (250ms, 30s, 5m, 1h), of 1 or more milliseconds. The value is "soon".',
      '- The setting maxRetries from environment variable ACME_MAX_RETRIES is wrong: expected a whole number of 0 or more. The value is "-1".',
      '- The setting enableTracing from environment variable ACME_ENABLE_TRACING is wrong: expected true or false (also 1 or 0, yes or no, on or off). The value is "perhaps".',
    ]);
    expect(error.context).toEqual({
      settings: ['apiKey', 'timeout', 'maxRetries', 'enableTracing'].map((key) => ({ key })),
    });
  });

  it('takes explicit options in milliseconds whatever the unit of the variable', () => {
    const config = createConfig([fromObject({ apiKey: 'test-key', timeout: 90 })]);
    expect(acmeSettings.read(config).timeout).toBe(90);
  });

  it('gives defaults that tell of themselves', () => {
    const config = acmeConfig({});
    expect(config.origin('timeout')).toBe('defaults');
    expect(config.origin('organization')).toBeUndefined();
  });

  it('marks its secrets for every source', () => {
    expect(acmeSettings.secrets).toEqual(['apiKey']);
    const config = acmeConfig({ ACME_API_KEY: 'test-key' });
    expect(() => config.getString('apiKey')).toThrow('is a secret');
  });

  it('names every variable, and leaves an empty column out', () => {
    const table = describeConfig(acmeSettings.definitions);
    for (const variable of Object.keys(acmeEnvironment)) expect(table).toContain(`\`${variable}\``);
    expect(table).not.toContain('| File |');
    expect(table.split('\n')).toHaveLength(2 + Object.keys(acmeEnvironment).length);
  });
});

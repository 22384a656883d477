import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type Config, createConfig } from './config.ts';
import { describeConfig } from './describe-config.ts';
import { fromEnv } from './env-source.ts';
import { fromObject } from './object-source.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { defineSettings } from './settings.ts';
import { asDuration, asFlag, asLogLevel, asText, asUrl, asWholeNumber } from './value-schemas.ts';

/** Every variable that the OpenAI client is specified to read. */
const openaiSettings = defineSettings({
  apiKey: { env: 'OPENAI_API_KEY', secret: true, required: true, description: 'API key' },
  organization: { env: 'OPENAI_ORG_ID', schema: asText(), description: 'Organization id' },
  project: { env: 'OPENAI_PROJECT_ID', schema: asText(), description: 'Project id' },
  baseURL: { env: 'OPENAI_BASE_URL', schema: asUrl(), description: 'Base address, for proxies' },
  timeout: {
    env: 'OPENAI_TIMEOUT',
    schema: asDuration({ min: 1 }),
    unit: 's',
    default: '60s',
    description: 'Request timeout',
  },
  maxRetries: {
    env: 'OPENAI_MAX_RETRIES',
    schema: asWholeNumber({ min: 0 }),
    default: 3,
    description: 'Retries at most',
  },
  requestsPerMinute: {
    env: 'OPENAI_RATE_LIMIT_RPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Requests per minute',
  },
  tokensPerMinute: {
    env: 'OPENAI_RATE_LIMIT_TPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Tokens per minute',
  },
  enableTracing: {
    env: 'OPENAI_ENABLE_TRACING',
    schema: asFlag(),
    default: true,
    description: 'Distributed tracing',
  },
  enableMetrics: {
    env: 'OPENAI_ENABLE_METRICS',
    schema: asFlag(),
    default: true,
    description: 'Export of metrics',
  },
  logLevel: { env: 'OPENAI_LOG_LEVEL', schema: asLogLevel(), description: 'Log level' },
  logRequests: {
    env: 'OPENAI_LOG_REQUESTS',
    schema: asFlag(),
    default: false,
    description: 'Log request bodies',
  },
  logResponses: {
    env: 'OPENAI_LOG_RESPONSES',
    schema: asFlag(),
    default: false,
    description: 'Log response bodies',
  },
});

/** Each variable of the specification with a value that it may have. */
const openaiEnvironment = {
  OPENAI_API_KEY: 'test-key',
  OPENAI_ORG_ID: 'org-test',
  OPENAI_PROJECT_ID: 'project-test',
  OPENAI_BASE_URL: 'https://proxy.test/v1',
  OPENAI_TIMEOUT: '90',
  OPENAI_MAX_RETRIES: '5',
  OPENAI_RATE_LIMIT_RPM: '500',
  OPENAI_RATE_LIMIT_TPM: '200000',
  OPENAI_ENABLE_TRACING: 'no',
  OPENAI_ENABLE_METRICS: '0',
  OPENAI_LOG_LEVEL: 'DEBUG',
  OPENAI_LOG_REQUESTS: 'yes',
  OPENAI_LOG_RESPONSES: '1',
} as const;

function openaiConfig(env: Readonly<Record<string, string>>): Config {
  return createConfig([
    fromEnv({ env, mapping: openaiSettings.environment }),
    openaiSettings.defaults,
  ]);
}

describe('the settings of the OpenAI client', () => {
  it('cover every variable of its specification', () => {
    const { apiKey, ...values } = openaiSettings.read(openaiConfig(openaiEnvironment));
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
    const variables = Object.values(openaiSettings.definitions).map(({ env }) => env);
    expect(variables.toSorted()).toEqual(Object.keys(openaiEnvironment).toSorted());
  });

  it('have the defaults of its specification', () => {
    const { apiKey, ...values } = openaiSettings.read(openaiConfig({ OPENAI_API_KEY: 'test-key' }));
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
    const config = openaiConfig({
      OPENAI_TIMEOUT: 'soon',
      OPENAI_MAX_RETRIES: '-1',
      OPENAI_ENABLE_TRACING: 'perhaps',
      OPENAI_ORG_ID: 'fine',
    });
    const error = configurationErrorOf(() => openaiSettings.read(config));
    expect(error.message.split('\n')).toEqual([
      '4 problems with the configuration:',
      '- The setting apiKey is missing: set the environment variable OPENAI_API_KEY.',
      '- The setting timeout from environment variable OPENAI_TIMEOUT is wrong: expected a duration, as a plain number or with its unit (250ms, 30s, 5m, 1h), of 1 or more milliseconds. The value is "soon".',
      '- The setting maxRetries from environment variable OPENAI_MAX_RETRIES is wrong: expected a whole number of 0 or more. The value is "-1".',
      '- The setting enableTracing from environment variable OPENAI_ENABLE_TRACING is wrong: expected true or false (also 1 or 0, yes or no, on or off). The value is "perhaps".',
    ]);
    expect(error.context).toEqual({
      settings: ['apiKey', 'timeout', 'maxRetries', 'enableTracing'].map((key) => ({ key })),
    });
  });

  it('takes explicit options in milliseconds whatever the unit of the variable', () => {
    const config = createConfig([fromObject({ apiKey: 'test-key', timeout: 90 })]);
    expect(openaiSettings.read(config).timeout).toBe(90);
  });

  it('gives defaults that tell of themselves', () => {
    const config = openaiConfig({});
    expect(config.origin('timeout')).toBe('defaults');
    expect(config.origin('organization')).toBeUndefined();
  });

  it('marks its secrets for every source', () => {
    expect(openaiSettings.secrets).toEqual(['apiKey']);
    const config = openaiConfig({ OPENAI_API_KEY: 'test-key' });
    expect(() => config.getString('apiKey')).toThrow('is a secret');
  });

  it('names every variable, and leaves an empty column out', () => {
    const table = describeConfig(openaiSettings.definitions);
    for (const variable of Object.keys(openaiEnvironment))
      expect(table).toContain(`\`${variable}\``);
    expect(table).not.toContain('| File |');
    expect(table.split('\n')).toHaveLength(2 + Object.keys(openaiEnvironment).length);
  });
});

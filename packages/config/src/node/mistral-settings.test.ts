import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../config.ts';
import { describeConfig } from '../describe-config.ts';
import { fromEnv } from '../env-source.ts';
import { fromObject } from '../object-source.ts';
import { configurationErrorOf } from '../thrown.test.support.ts';
import { temporaryFolder } from './temporary-folder.test.support.ts';
import { fromToml } from './toml-source.ts';
import { xdgConfigPath } from './xdg-config-path.ts';
import { defineSettings } from '../settings.ts';
import { asDuration, asLogLevel, asNumber, asUrl, asWholeNumber } from '../value-schemas.ts';

/** Every variable and every field of the file that the Mistral client is specified to read. */
const mistralSettings = defineSettings({
  apiKey: {
    env: 'MISTRAL_API_KEY',
    toml: 'api_key',
    secret: true,
    required: true,
    description: 'API key',
  },
  baseURL: {
    env: 'MISTRAL_BASE_URL',
    toml: 'client.base_url',
    schema: asUrl(),
    default: 'https://api.mistral.ai',
    description: 'Base address of the API',
  },
  timeout: {
    env: 'MISTRAL_TIMEOUT_SECS',
    toml: 'client.timeout_secs',
    schema: asDuration({ min: 1 }),
    unit: 's',
    default: '120s',
    description: 'Request timeout',
  },
  maxRetries: {
    env: 'MISTRAL_MAX_RETRIES',
    schema: asWholeNumber({ min: 0 }),
    default: 3,
    description: 'Retries at most',
  },
  logLevel: {
    env: 'MISTRAL_LOG_LEVEL',
    schema: asLogLevel(),
    default: 'info',
    description: 'Log level',
  },
  'retry.maxAttempts': {
    toml: 'retry.max_attempts',
    schema: asWholeNumber({ min: 1 }),
    description: 'Attempts at most',
  },
  'retry.initialDelay': {
    toml: 'retry.initial_delay_ms',
    schema: asDuration(),
    unit: 'ms',
    description: 'First wait',
  },
  'retry.maxDelay': {
    toml: 'retry.max_delay_ms',
    schema: asDuration(),
    unit: 'ms',
    description: 'Longest wait',
  },
  'retry.factor': {
    toml: 'retry.backoff_multiplier',
    schema: asNumber({ min: 1 }),
    description: 'Growth of the waits',
  },
  'circuitBreaker.failureThreshold': {
    toml: 'circuit_breaker.failure_threshold',
    schema: asWholeNumber({ min: 1 }),
    description: 'Failures that open the breaker',
  },
  'circuitBreaker.successThreshold': {
    toml: 'circuit_breaker.success_threshold',
    schema: asWholeNumber({ min: 1 }),
    description: 'Successes that close the breaker',
  },
  'circuitBreaker.resetTimeout': {
    toml: 'circuit_breaker.timeout_secs',
    schema: asDuration(),
    unit: 's',
    description: 'How long the breaker stays open',
  },
  'rateLimit.requestsPerMinute': {
    toml: 'rate_limit.requests_per_minute',
    schema: asWholeNumber({ min: 1 }),
    description: 'Requests per minute',
  },
  'rateLimit.tokensPerMinute': {
    toml: 'rate_limit.tokens_per_minute',
    schema: asWholeNumber({ min: 1 }),
    description: 'Tokens per minute',
  },
});

/** The file with every field that is specified. */
const mistralToml = `
[client]
base_url = "https://eu.mistral.test"
timeout_secs = 30

[retry]
max_attempts = 4
initial_delay_ms = 250
max_delay_ms = 20000
backoff_multiplier = 1.5

[circuit_breaker]
failure_threshold = 7
success_threshold = 2
timeout_secs = 45

[rate_limit]
requests_per_minute = 60
tokens_per_minute = 100000
`;

describe('the settings of the Mistral client', () => {
  it('covers every field of the file and every variable that Mistral specifies', () => {
    using folder = temporaryFolder();
    const read = (env: Readonly<Record<string, string>>) =>
      mistralSettings.read(
        createConfig([
          fromEnv({ env, mapping: mistralSettings.environment }),
          fromToml(folder.write('config.toml', mistralToml), { mapping: mistralSettings.file }),
          mistralSettings.defaults,
        ]),
      );
    const { apiKey, ...values } = read({ MISTRAL_API_KEY: 'test-key' });
    expect(apiKey.expose()).toBe('test-key');
    expect(values).toEqual({
      baseURL: 'https://eu.mistral.test',
      timeout: 30_000,
      maxRetries: 3,
      logLevel: 'info',
      'retry.maxAttempts': 4,
      'retry.initialDelay': 250,
      'retry.maxDelay': 20_000,
      'retry.factor': 1.5,
      'circuitBreaker.failureThreshold': 7,
      'circuitBreaker.successThreshold': 2,
      'circuitBreaker.resetTimeout': 45_000,
      'rateLimit.requestsPerMinute': 60,
      'rateLimit.tokensPerMinute': 100_000,
    });
    const stronger = read({
      MISTRAL_API_KEY: 'test-key',
      MISTRAL_BASE_URL: 'https://other.test',
      MISTRAL_TIMEOUT_SECS: '5',
      MISTRAL_MAX_RETRIES: '0',
      MISTRAL_LOG_LEVEL: 'error',
    });
    expect(stronger).toMatchObject({
      baseURL: 'https://other.test',
      timeout: 5000,
      maxRetries: 0,
      logLevel: 'error',
    });
  });

  it('finds a key explicitly, then in the environment, then in the credentials file', () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'mistral'));
    folder.write('mistral/credentials', 'api_key = "test-key-of-file"');
    const path = xdgConfigPath('mistral', 'credentials', { env: { XDG_CONFIG_HOME: folder.path } });
    const key = (explicit: object, env: Readonly<Record<string, string>>) => {
      const config = createConfig([
        fromObject(explicit),
        fromEnv({ env, mapping: mistralSettings.environment }),
        fromToml({ path, optional: true }, { mapping: mistralSettings.file }),
      ]);
      return config.getSecret('apiKey')?.expose();
    };
    const env = { MISTRAL_API_KEY: 'test-key-of-env' };
    expect(key({ apiKey: 'test-key' }, env)).toBe('test-key');
    expect(key({}, env)).toBe('test-key-of-env');
    expect(key({}, {})).toBe('test-key-of-file');
  });

  it('says the single problem plainly, and where the value could be set', () => {
    const error = configurationErrorOf(() => mistralSettings.read(createConfig([])));
    expect(error.message).toBe(
      'The setting apiKey is missing: set the environment variable MISTRAL_API_KEY or api_key in the configuration file.',
    );
  });

  it('gives a table with units, defaults and secrets, in columns of equal width', () => {
    const { apiKey, timeout, maxRetries } = mistralSettings.definitions;
    expect(describeConfig({ apiKey, timeout, maxRetries })).toBe(
      [
        '| Setting      | Variable               | File                  | Default  | Description                 |',
        '| ------------ | ---------------------- | --------------------- | -------- | --------------------------- |',
        '| `apiKey`     | `MISTRAL_API_KEY`      | `api_key`             | required | API key (secret)            |',
        '| `timeout`    | `MISTRAL_TIMEOUT_SECS` | `client.timeout_secs` | `120`    | Request timeout, in seconds |',
        '| `maxRetries` | `MISTRAL_MAX_RETRIES`  |                       | `3`      | Retries at most             |',
      ].join('\n'),
    );
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, fromObject } from '@integrations/config';
import { ConfigurationError } from '@integrations/errors';
import { TestMetrics, TestTracer } from '@integrations/testing';
import type { SecretString } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMistralClient } from './client.ts';
import { type MistralClientOptions, withConfig } from './options.ts';
import { describeMistralConfig, fromMistralEnv, fromMistralFile } from './settings.ts';

/** Every section that the file may have. */
const FILE = `
[client]
base_url = "https://file.test"
timeout_secs = 30

[retry]
max_attempts = 5
initial_delay_ms = 250
max_delay_ms = 20000
backoff_multiplier = 1.5

[circuit_breaker]
failure_threshold = 7
success_threshold = 3
timeout_secs = 45

[rate_limit]
requests_per_minute = 60
tokens_per_minute = 100000
`;

let home: string;

function write(name: string, text: string): string {
  const path = join(home, 'mistral', name);
  mkdirSync(join(home, 'mistral'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o600);
  return path;
}

function keyOf({ apiKey }: MistralClientOptions): string {
  return (apiKey as () => SecretString)().expose();
}

beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('MISTRAL_')) vi.stubEnv(name, undefined);
  }
  home = mkdtempSync(join(tmpdir(), 'mistral-'));
  vi.stubEnv('XDG_CONFIG_HOME', home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe('withConfig', () => {
  it('has defaults for everything but the key', () => {
    expect(withConfig({ apiKey: 'test-key' })).toEqual({
      apiKey: 'test-key',
      baseURL: 'https://api.mistral.ai',
      timeout: 120_000,
      maxRetries: 3,
      logRequests: false,
      logResponses: false,
    });
  });

  it('says how to give a key when there is none', () => {
    expect(() => createMistralClient()).toThrow(ConfigurationError);
    expect(() => createMistralClient()).toThrow('MISTRAL_API_KEY');
  });

  it('reads every variable', () => {
    const variables = {
      MISTRAL_API_KEY: 'test-key',
      MISTRAL_BASE_URL: 'https://proxy.test',
      MISTRAL_TIMEOUT_SECS: '1.5',
      MISTRAL_MAX_RETRIES: '5',
      MISTRAL_RATE_LIMIT_RPM: '60',
      MISTRAL_RATE_LIMIT_TPM: '100000',
      MISTRAL_ENABLE_TRACING: 'false',
      MISTRAL_ENABLE_METRICS: '0',
      MISTRAL_LOG_LEVEL: 'DEBUG',
      MISTRAL_LOG_REQUESTS: 'true',
      MISTRAL_LOG_RESPONSES: 'yes',
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const settings = withConfig({ tracer: new TestTracer(), metrics: new TestMetrics() });
    expect(settings).toEqual({
      apiKey: expect.any(Function),
      baseURL: 'https://proxy.test',
      timeout: 1500,
      maxRetries: 5,
      rateLimit: { requestsPerMinute: 60, tokensPerMinute: 100_000 },
      tracer: undefined,
      metrics: undefined,
      logLevel: 'debug',
      logRequests: true,
      logResponses: true,
    });
    expect(keyOf(settings)).toBe('test-key');
  });

  it('reads every field of the file of the user', () => {
    write('config.toml', FILE);
    expect(withConfig({ apiKey: 'test-key' })).toMatchObject({
      baseURL: 'https://file.test',
      timeout: 30_000,
      maxRetries: 4,
      retry: { initialDelay: 250, maxDelay: 20_000, factor: 1.5 },
      circuitBreaker: { failureThreshold: 7, successThreshold: 3, openDuration: 45_000 },
      rateLimit: { requestsPerMinute: 60, tokensPerMinute: 100_000 },
    });
    createMistralClient({ apiKey: 'test-key' });
  });

  it('prefers options to variables, and variables to files', () => {
    write('config.toml', FILE);
    write('credentials', 'api_key = "key-of-the-file"');
    expect(keyOf(withConfig({}))).toBe('key-of-the-file');
    vi.stubEnv('MISTRAL_API_KEY', 'key-of-the-environment');
    vi.stubEnv('MISTRAL_TIMEOUT_SECS', '5');
    vi.stubEnv('MISTRAL_MAX_RETRIES', '0');
    const configured = withConfig({});
    expect(keyOf(configured)).toBe('key-of-the-environment');
    expect(configured).toMatchObject({
      timeout: 5000,
      maxRetries: 0,
      baseURL: 'https://file.test',
    });
    const retry = { initialDelay: 1 };
    expect(
      withConfig({
        apiKey: 'a-given-key',
        timeout: 7,
        maxRetries: 1,
        retry,
        circuitBreaker: false,
      }),
    ).toMatchObject({
      apiKey: 'a-given-key',
      timeout: 7,
      maxRetries: 1,
      retry,
      circuitBreaker: false,
    });
  });

  it('finds the key in the credentials of whoever runs it now', () => {
    expect(() => withConfig({})).toThrow(ConfigurationError);
    write('credentials', 'api_key = "key-of-the-file"');
    expect(keyOf(withConfig({}))).toBe('key-of-the-file');
  });

  it.each([
    ['credentials', 'api_key = a-key-without-quotes', 'line 1'],
    ['config.toml', '[client]\ntimeout_secs = "soon"', 'timeout'],
    ['config.toml', '[retry]\nmax_attempts = 0', 'maxAttempts'],
  ])('says what is wrong with %s, and not what a secret is', (name, text, words) => {
    vi.stubEnv('MISTRAL_API_KEY', name === 'credentials' ? undefined : 'test-key');
    write(name, text);
    expect(() => withConfig({})).toThrow(ConfigurationError);
    expect(() => withConfig({})).toThrow(words);
    expect(() => withConfig({})).not.toThrow('without-quotes');
  });

  it('reads a configuration of your own in place of environment and files', () => {
    write('config.toml', FILE);
    vi.stubEnv('MISTRAL_API_KEY', 'key-of-the-environment');
    const own = createConfig([
      fromObject({ apiKey: 'own-key', timeout: '9s' }, { secrets: ['apiKey'] }),
    ]);
    const settings = withConfig({ config: own });
    expect(keyOf(settings)).toBe('own-key');
    expect(settings).toMatchObject({ timeout: 9000, maxRetries: 3, retry: undefined });
  });

  it('takes a file from anywhere, and variables from any object', () => {
    const path = write('team.toml', FILE);
    const config = createConfig([
      fromMistralEnv({ MISTRAL_API_KEY: 'test-key', MISTRAL_TIMEOUT_SECS: '4' }),
      fromMistralFile(path),
    ]);
    expect(withConfig({ config })).toMatchObject({ timeout: 4000, maxRetries: 4 });
  });
});

describe('describeMistralConfig', () => {
  it('tells variables, fields and defaults', () => {
    const table = describeMistralConfig();
    expect(table).toContain('`MISTRAL_TIMEOUT_SECS`');
    expect(table).toContain('`circuit_breaker.failure_threshold`');
    expect(table).toContain('`120`');
  });
});

import { ConfigurationError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient } from './client.ts';
import { withEnvironment } from './options.ts';

const VARIABLES = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
  'OPENAI_TIMEOUT',
  'OPENAI_MAX_RETRIES',
  'OPENAI_RATE_LIMIT_RPM',
  'OPENAI_RATE_LIMIT_TPM',
];

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('withEnvironment', () => {
  it('has defaults for everything but the key', () => {
    expect(withEnvironment({ apiKey: 'test-key' })).toEqual({
      apiKey: 'test-key',
      baseURL: 'https://api.openai.com/v1',
      timeout: '60s',
      organization: undefined,
      project: undefined,
    });
  });

  it('says how to give a key when there is none', () => {
    expect(() => withEnvironment({})).toThrow(ConfigurationError);
    expect(() => withEnvironment({})).toThrow(/pass `apiKey` .* or set .* OPENAI_API_KEY/);
  });

  it('reads the environment', () => {
    vi.stubEnv('OPENAI_API_KEY', 'test-key');
    vi.stubEnv('OPENAI_BASE_URL', 'https://proxy.test/v1');
    vi.stubEnv('OPENAI_ORG_ID', 'org');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project');
    vi.stubEnv('OPENAI_TIMEOUT', '1.5');
    vi.stubEnv('OPENAI_MAX_RETRIES', '5');
    vi.stubEnv('OPENAI_RATE_LIMIT_RPM', '60');
    vi.stubEnv('OPENAI_RATE_LIMIT_TPM', '100000');
    expect(withEnvironment({})).toEqual({
      apiKey: 'test-key',
      baseURL: 'https://proxy.test/v1',
      timeout: 1500,
      organization: 'org',
      project: 'project',
      maxRetries: 5,
      rateLimit: { requestsPerMinute: 60, tokensPerMinute: 100_000 },
    });
  });

  it('prefers options to the environment', () => {
    vi.stubEnv('OPENAI_API_KEY', 'other-key');
    vi.stubEnv('OPENAI_TIMEOUT', 'nonsense');
    expect(withEnvironment({ apiKey: 'test-key', timeout: '2s' })).toMatchObject({
      apiKey: 'test-key',
      timeout: '2s',
    });
  });

  it('counts an empty variable as not set', () => {
    vi.stubEnv('OPENAI_API_KEY', '  ');
    expect(() => withEnvironment({})).toThrow(ConfigurationError);
  });

  it.each(['soon', '-1', 'Infinity'])('refuses OPENAI_TIMEOUT=%s', (text) => {
    vi.stubEnv('OPENAI_TIMEOUT', text);
    expect(() => withEnvironment({ apiKey: 'test-key' })).toThrow(
      /OPENAI_TIMEOUT must be a number/,
    );
  });
});

describe('createOpenAIClient', () => {
  it.each([
    [{ apiKey: '' }, /`apiKey` must be a string/],
    [{ apiKey: 'two words' }, /`apiKey` contains a blank/],
    [{ apiKey: 'test-key', baseURL: 'api' }, /`baseURL` must be an absolute address/],
    [{ apiKey: 'test-key', baseURL: 'ftp://host' }, /`baseURL` must begin with https/],
    [
      { apiKey: 'test-key', timeout: 'soon' as '1s' },
      /`timeout` must be a duration .*not "soon"\./,
    ],
    [{ apiKey: 'test-key', streamIdleTimeout: -1 }, /`streamIdleTimeout`/],
    [{ apiKey: 'test-key', maxRetries: 1.5 }, /`maxRetries` must be a whole number/],
    [{ apiKey: 'test-key', concurrency: 0 }, /`concurrency` must be a whole number/],
    [{ apiKey: 'test-key', rateLimit: { requestsPerMinute: 0 } }, /`requestsPerMinute`/],
    [{ apiKey: 'test-key', circuitBreaker: { failureThreshold: -1 } }, /`failureThreshold`/],
    [{ apiKey: 'test-key', retry: { factor: 0 } }, /`factor` must be/],
  ])('refuses %j', (options, message) => {
    expect(() => createOpenAIClient(options)).toThrow(ConfigurationError);
    expect(() => createOpenAIClient(options)).toThrow(message);
  });
});

import { createConfig, fromObject } from '@integrations/config';
import { ConfigurationError } from '@integrations/errors';
import { TestMetrics, TestTracer } from '@integrations/testing';
import type { SecretString } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient } from './client.ts';
import { type OpenAIClientOptions, withConfig } from './options.ts';
import { fromOpenAIEnv } from './settings.ts';

/** Each variable with a value that it may have. */
const VARIABLES = {
  OPENAI_API_KEY: 'test-key',
  OPENAI_BASE_URL: 'https://proxy.test/v1',
  OPENAI_ORG_ID: 'org',
  OPENAI_PROJECT_ID: 'project',
  OPENAI_TIMEOUT: '1.5',
  OPENAI_MAX_RETRIES: '5',
  OPENAI_RATE_LIMIT_RPM: '60',
  OPENAI_RATE_LIMIT_TPM: '100000',
  OPENAI_ENABLE_TRACING: 'false',
  OPENAI_ENABLE_METRICS: '0',
  OPENAI_LOG_LEVEL: 'DEBUG',
  OPENAI_LOG_REQUESTS: 'true',
  OPENAI_LOG_RESPONSES: 'yes',
} as const;

/** What nothing in the environment changes. */
const PLAIN = {
  baseURL: 'https://api.openai.com/v1',
  timeout: 60_000,
  maxRetries: 2,
  logRequests: false,
  logResponses: false,
} as const;

function setEnvironment(variables: Partial<Record<keyof typeof VARIABLES, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

function keyOf({ apiKey }: OpenAIClientOptions): string {
  return (apiKey as () => SecretString)().expose();
}

beforeEach(() => {
  for (const name of Object.keys(VARIABLES)) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('withConfig', () => {
  it('has defaults for everything but the key', () => {
    const sinks = { tracer: new TestTracer(), metrics: new TestMetrics() };
    expect(withConfig({ apiKey: 'test-key', ...sinks })).toEqual({
      apiKey: 'test-key',
      ...PLAIN,
      ...sinks,
    });
  });

  it('says how to give a key when there is none', () => {
    expect(() => withConfig({})).toThrow(ConfigurationError);
    expect(() => withConfig({})).toThrow(
      'There is no API key: pass the option `apiKey`, or set the environment variable OPENAI_API_KEY.',
    );
  });

  it('reads every variable', () => {
    setEnvironment(VARIABLES);
    const settings = withConfig({ tracer: new TestTracer(), metrics: new TestMetrics() });
    expect(settings).toEqual({
      apiKey: expect.any(Function),
      baseURL: 'https://proxy.test/v1',
      timeout: 1500,
      organization: 'org',
      project: 'project',
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

  it('takes either limit alone', () => {
    setEnvironment({ OPENAI_RATE_LIMIT_TPM: '1000' });
    expect(withConfig({ apiKey: 'test-key' }).rateLimit).toEqual({ tokensPerMinute: 1000 });
  });

  it('reads the key anew each time', () => {
    setEnvironment({ OPENAI_API_KEY: 'first-key' });
    const settings = withConfig({});
    setEnvironment({ OPENAI_API_KEY: 'second-key' });
    expect(keyOf(settings)).toBe('second-key');
  });

  it('prefers options to the environment, whatever that says', () => {
    for (const name of Object.keys(VARIABLES)) vi.stubEnv(name, 'two words');
    const options: OpenAIClientOptions = {
      apiKey: 'test-key',
      baseURL: 'https://other.test',
      timeout: '2s',
      organization: 'mine',
      project: 'mine too',
      maxRetries: 1,
      rateLimit: false,
      logLevel: 'warn',
      logRequests: false,
      logResponses: false,
    };
    setEnvironment({ OPENAI_ENABLE_TRACING: 'on', OPENAI_ENABLE_METRICS: 'on' });
    expect(withConfig(options)).toEqual(options);
  });

  it('counts an empty variable as not set', () => {
    for (const name of Object.keys(VARIABLES)) vi.stubEnv(name, '  ');
    expect(withConfig({ apiKey: 'test-key' })).toEqual({ apiKey: 'test-key', ...PLAIN });
  });

  it.each<[keyof typeof VARIABLES, string, string]>([
    ['OPENAI_TIMEOUT', 'soon', 'a duration'],
    ['OPENAI_TIMEOUT', '-1', 'a duration'],
    ['OPENAI_TIMEOUT', 'Infinity', 'a duration'],
    ['OPENAI_MAX_RETRIES', '1.5', 'a whole number of 0 or more'],
    ['OPENAI_MAX_RETRIES', '-1', 'a whole number of 0 or more'],
    ['OPENAI_RATE_LIMIT_RPM', '0', 'a whole number of 1 or more'],
    ['OPENAI_RATE_LIMIT_TPM', 'many', 'a whole number of 1 or more'],
    ['OPENAI_BASE_URL', 'api', '`baseURL` must be an absolute address'],
    ['OPENAI_BASE_URL', 'http://proxy.test', '`baseURL` must begin with https://'],
    ['OPENAI_ENABLE_TRACING', 'maybe', 'true or false'],
    ['OPENAI_ENABLE_METRICS', '2', 'true or false'],
    ['OPENAI_LOG_LEVEL', 'loud', 'one of silent, error, warn, info, debug, trace'],
    ['OPENAI_LOG_REQUESTS', 'all', 'true or false'],
    ['OPENAI_LOG_RESPONSES', 'all', 'true or false'],
  ])('refuses %s=%s and says what is expected', (name, text, expected) => {
    setEnvironment({ [name]: text });
    const read = (): unknown => withConfig({ apiKey: 'test-key' });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(`environment variable ${name} is wrong: `);
    expect(read).toThrow(expected);
    expect(read).toThrow(JSON.stringify(text));
  });

  it('reads nothing where there is no process, as in a browser', () => {
    setEnvironment(VARIABLES);
    vi.stubGlobal('process', undefined);
    try {
      expect(withConfig({ apiKey: 'test-key' })).toEqual({ apiKey: 'test-key', ...PLAIN });
      expect(() => withConfig({})).toThrow(/^There is no API key/);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('reads another configuration in place of the environment', () => {
    setEnvironment({ OPENAI_API_KEY: 'test-key', OPENAI_ORG_ID: 'org', OPENAI_TIMEOUT: '9' });
    const config = createConfig([
      fromObject({ apiKey: 'other-key', project: 'other', timeout: 5 }),
    ]);
    const settings = withConfig({ config, project: 'mine' });
    expect(keyOf(settings)).toBe('other-key');
    expect(settings).toMatchObject({ ...PLAIN, timeout: 5, project: 'mine' });
    expect(settings.organization).toBeUndefined();
  });

  it('can be given the environment as a layer', () => {
    setEnvironment({ OPENAI_API_KEY: 'test-key' });
    const file = fromObject({ maxRetries: 7, timeout: '7s', organization: 'org of the file' });
    const env = { OPENAI_TIMEOUT: '9' };
    const config = createConfig([fromOpenAIEnv(env), fromOpenAIEnv(), file]);
    const settings = withConfig({ config });
    expect(keyOf(settings)).toBe('test-key');
    expect(settings).toMatchObject({
      timeout: 9000,
      maxRetries: 7,
      organization: 'org of the file',
    });
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

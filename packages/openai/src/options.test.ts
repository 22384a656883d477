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
    expect(withEnvironment({})).toEqual({
      apiKey: 'test-key',
      baseURL: 'https://proxy.test/v1',
      timeout: 1500,
      organization: 'org',
      project: 'project',
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
    [{ apiKey: 'test-key', timeout: 'soon' as '1s' }, /`timeout`: "soon" is not a duration/],
    [{ apiKey: 'test-key', streamIdleTimeout: -1 }, /`streamIdleTimeout`/],
  ])('refuses %j', (options, message) => {
    expect(() => createOpenAIClient(options)).toThrow(ConfigurationError);
    expect(() => createOpenAIClient(options)).toThrow(message);
  });
});

import { ConfigurationError, ConnectionError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type ApiKey, createKeySource } from './api-key.ts';
import { failure } from './manual-response.test.support.ts';

describe('createKeySource', () => {
  it.each<[string, ApiKey]>([
    ['a string', 'test-key'],
    ['a secret', new SecretString('test-key')],
    ['a function', () => 'test-key'],
    ['an async function', async () => new SecretString('test-key')],
  ])('takes %s', async (_name, apiKey) => {
    const key = await createKeySource(apiKey)();
    expect(key).toBeInstanceOf(SecretString);
    expect(key.expose()).toBe('test-key');
  });

  it('asks a function each time', async () => {
    let asked = 0;
    const source = createKeySource(() => `test-key-${(asked += 1)}`);
    expect(asked).toBe(0);
    expect((await source()).expose()).toBe('test-key-1');
    expect((await source()).expose()).toBe('test-key-2');
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /^`apiKey` must be a string/],
    ['an empty string', '', /^`apiKey` must be a string/],
    ['a number', 42, /^`apiKey` must be a string/],
    ['a key with a line break', 'test-key\n', /^`apiKey` contains a blank, a line break/],
    ['a key with blanks', 'Bearer test-key', /^`apiKey` contains a blank/],
    ['a key with what is not ASCII', 'test-kéy', /^`apiKey` contains/],
    ['a secret with a line break', new SecretString('test-key\n'), /^`apiKey` contains/],
  ])('refuses %s', (_name, apiKey, message) => {
    const make = (): unknown => createKeySource(apiKey as ApiKey);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/test-k/);
  });

  it('refuses a secret that was disposed of, before and after', () => {
    const secret = new SecretString('test-key');
    const source = createKeySource(secret);
    secret.dispose();
    expect(() => source()).toThrow(ConfigurationError);
    expect(() => createKeySource(secret)).toThrow(/^`apiKey` has been disposed of/);
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a key with a line break', () => 'test-key\n'],
  ])('refuses a function that returns %s', async (_name, ask) => {
    const error = await failure(Promise.resolve(createKeySource(ask as ApiKey)()));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(/^What the `apiKey` function returned/);
  });

  it('types what a function throws, and passes on what is typed', async () => {
    const cause = new Error('vault is sealed');
    const raw = createKeySource(() => {
      throw cause;
    });
    const error = await failure(Promise.resolve(raw()));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ cause, message: expect.stringContaining('`apiKey`') });
    const typed = new ConnectionError('vault is away');
    const source = createKeySource(() => Promise.reject(typed));
    expect(await failure(Promise.resolve(source()))).toBe(typed);
  });

  it('keeps every key that was given out of messages, whatever its shape', async () => {
    const keys = ['correct horse battery', 'staple'.repeat(3)].map((text) =>
      text.replaceAll(' ', '.'),
    );
    createKeySource(keys[0] ?? '');
    const source = createKeySource(() => keys[1] ?? '');
    await source();
    const error = new ConfigurationError(`The proxy said: ${keys.join(' and ')} are not welcome.`);
    expect(error.message).toBe('The proxy said: [REDACTED] and [REDACTED] are not welcome.');
  });
});

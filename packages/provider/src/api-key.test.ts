import { ConfigurationError, ConnectionError, redactText } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
import { HeldSecrets } from './held-secrets.ts';
import { failure } from './manual-response.test.support.ts';

/** As an attempt asks for credentials. */
async function attempt(source: KeySource): Promise<SecretString> {
  return source();
}

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
    ['a promise of nothing', async () => undefined],
  ])('refuses a function that returns %s', async (_name, ask) => {
    const error = await failure(attempt(createKeySource(ask as ApiKey)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(/^What the `apiKey` function returned/);
  });

  it('types what a function throws, and passes on what is typed', async () => {
    const cause = new Error('vault is sealed');
    const raw = createKeySource(() => {
      throw cause;
    });
    const error = await failure(attempt(raw));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ cause, message: expect.stringContaining('`apiKey`') });
    const sealed = createKeySource(() => Promise.reject(cause));
    expect(await failure(attempt(sealed))).toMatchObject({ code: 'configuration', cause });
    const typed = new ConnectionError('vault is away');
    const source = createKeySource(() => Promise.reject(typed));
    expect(await failure(attempt(source))).toBe(typed);
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

  it('gives the key of a function at once where the function does', () => {
    expect(createKeySource(() => 'test-key')()).toBeInstanceOf(SecretString);
    expect(() => createKeySource((() => 42) as unknown as ApiKey)()).toThrow(
      /^What the `apiKey` function returned/,
    );
  });

  it('holds the last eight keys of a function, as long as it is let', () => {
    const secrets = new HeldSecrets();
    const keys = Array.from({ length: 10 }, (_, index) => `rotated.key.number-${index}`);
    let asked = 0;
    const source = createKeySource(() => keys[asked++ >> 1] ?? '', secrets);
    for (let calls = 0; calls < 2 * keys.length; calls += 1) void source();
    const hidden = (): number[] =>
      keys.flatMap((key, index) => (redactText(key) === key ? [] : [index]));
    expect(hidden()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    secrets[Symbol.dispose]();
    expect(hidden()).toEqual([]);
  });

  it('leaves a key that another client holds alone', () => {
    const [one, other] = [new HeldSecrets(), new HeldSecrets()];
    createKeySource('correct.horse.staple', one);
    createKeySource('correct.horse.staple', other);
    one[Symbol.dispose]();
    expect(redactText('correct.horse.staple')).toBe('[REDACTED]');
    other[Symbol.dispose]();
    expect(redactText('correct.horse.staple')).toBe('correct.horse.staple');
  });
});

import { format, inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretString } from './secret-string.ts';

const PLAIN = 'test-key';

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('SecretString', () => {
  const secret = new SecretString(PLAIN);
  /** What careless JavaScript would do with it. */
  const asText = secret as unknown as string;

  it.each<[string, () => string]>([
    ['toString', () => secret.toString()],
    ['String()', () => String(secret)],
    ['a template', () => `key ${asText}`],
    ['a concatenation', () => 'key ' + asText],
    ['a joined array', () => [secret, secret].join(' ')],
    ['toPrimitive', () => secret[Symbol.toPrimitive]()],
    ['toJSON', () => secret.toJSON()],
    ['JSON', () => JSON.stringify({ options: [{ apiKey: secret }] })],
    ['an error message', () => new Error(`bad key ${asText}`).message],
    ['inspect', () => inspect(secret)],
    ['nested inspect', () => inspect({ a: { b: [secret] } }, { depth: null, showHidden: true })],
    ['inspect of a map', () => inspect(new Map([['key', secret]]))],
    ['format %s', () => format('%s', secret)],
    ['format %o', () => format('%o', secret)],
    ['format %j', () => format('%j', secret)],
  ])('shows nothing of itself in %s', (_name, print) => {
    expect(print()).not.toContain(PLAIN);
    expect(print()).toContain('[REDACTED]');
  });

  it.each<[string, () => string]>([
    ['inspect without custom inspection', () => inspect(secret, { customInspect: false })],
    ['a structured clone', () => inspect(structuredClone({ secret }), { depth: null })],
    ['a spread', () => inspect(Object.assign({}, secret))],
    ['its property names', () => JSON.stringify(Object.getOwnPropertyNames(secret))],
    ['Number()', () => String(Number(secret))],
  ])('shows nothing of itself in %s either', (_name, print) => {
    expect(print()).not.toContain(PLAIN);
  });

  it('is a plain, empty object after a structured clone', () => {
    expect(structuredClone(secret)).toEqual({});
    expect(structuredClone(secret)).not.toBeInstanceOf(SecretString);
  });

  it('gives back every text of valid Unicode', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, (value) => {
        expect(new SecretString(value).expose()).toBe(value);
      }),
    );
  });

  it.each(['schlüssel', 'ключ', '鍵🔑', '\uFEFFwith a mark', ' spaced '])('keeps %j', (value) => {
    expect(new SecretString(value).expose()).toBe(value);
  });

  it('wraps a string once', () => {
    const wrapped = SecretString.from(PLAIN);
    expect(wrapped.expose()).toBe(PLAIN);
    expect(SecretString.from(wrapped)).toBe(wrapped);
  });

  it.each([undefined, null, 5, '', {}])('refuses %o', (value) => {
    expect(() => new SecretString(value as string)).toThrow(TypeError);
  });

  it('refuses half of a surrogate pair, without naming the rest', () => {
    const error = thrownBy(() => new SecretString(`${PLAIN}\uD83D`));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain('surrogate');
    expect(String(error)).not.toContain(PLAIN);
  });
});

describe('SecretString.dispose', () => {
  it('is final and can be repeated', () => {
    const secret = new SecretString(PLAIN);
    expect(secret.disposed).toBe(false);
    secret.dispose();
    secret.dispose();
    expect(secret.disposed).toBe(true);
    expect(() => secret.expose()).toThrow('this secret has been disposed of');
    expect(String(secret)).toBe('[REDACTED]');
  });

  it('happens at the end of a using block', () => {
    let seen: SecretString;
    {
      using secret = new SecretString(PLAIN);
      seen = secret;
      expect(secret.expose()).toBe(PLAIN);
    }
    expect(seen.disposed).toBe(true);
  });

  it('overwrites the bytes with zeros', () => {
    const encode = TextEncoder.prototype.encode;
    const buffers: Uint8Array[] = [];
    TextEncoder.prototype.encode = function capture(input) {
      const bytes = encode.call(this, input);
      buffers.push(bytes);
      return bytes;
    };
    let secret: SecretString;
    try {
      secret = new SecretString(PLAIN);
    } finally {
      TextEncoder.prototype.encode = encode;
    }
    expect(buffers).toHaveLength(1);
    expect(buffers[0]).toEqual(encode.call(new TextEncoder(), PLAIN));
    secret.dispose();
    expect(buffers[0]).toEqual(new Uint8Array(PLAIN.length));
  });
});

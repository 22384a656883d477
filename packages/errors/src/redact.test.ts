import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretString } from '@integrations/types';
import { IntegrationError } from './integration-error.ts';
import { redact } from './redact.ts';

const HIDDEN = 'hidden-value';

describe('redact', () => {
  it('copies what is harmless', () => {
    const value = { a: 1, b: 'text', c: [true, null, { d: -0.5 }], e: {} };
    const copy = redact(value);
    expect(copy).toStrictEqual(value);
    expect(copy).not.toBe(value);
  });

  it.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'Set-Cookie',
    'x-api-key',
    'api_key',
    'apiKey',
    'OPENAI_API_KEY',
    'apikey',
    'privateKey',
    'secret',
    'client_secret',
    'webhookSecret',
    'password',
    'access_token',
    'refreshToken',
    'idToken',
    'id_token',
    'credentials',
    'OpenAI-Organization',
    'openai-project',
    'organization',
    'organization_id',
    'projectId',
    'organisation',
    'org_id',
    'OPENAI_ORG_ID',
  ])('hides the value of %s', (name) => {
    const redacted = redact({ deep: [{ [name]: HIDDEN }] });
    expect(redacted).toStrictEqual({ deep: [{ [name]: '[REDACTED]' }] });
    expect(redact({ [name]: { nested: HIDDEN } })).toStrictEqual({ [name]: '[REDACTED]' });
    expect(redact(new Map([[name, HIDDEN]]))).toStrictEqual({ [name]: '[REDACTED]' });
  });

  it.each([
    'model',
    'token',
    'max_tokens',
    'valid_tokens',
    'prompt_tokens',
    'projection',
    'disorganization',
    'key',
    'author',
    'secretary',
  ])('shows the value of %s', (name) => {
    expect(redact({ [name]: HIDDEN })).toStrictEqual({ [name]: HIDDEN });
  });

  it('hides headers in lists, and as pairs of name and value', () => {
    expect(
      redact({
        flat: ['Content-Type', 'text/plain', 'X-Api-Key', HIDDEN, 'accept', '*/*'],
        pairs: [
          ['authorization', HIDDEN],
          ['accept', '*/*'],
        ],
        named: [
          { name: 'Set-Cookie', value: HIDDEN },
          { name: 'accept', value: '*/*' },
          { name: 'cookie' },
        ],
      }),
    ).toStrictEqual({
      flat: ['Content-Type', 'text/plain', 'X-Api-Key', '[REDACTED]', 'accept', '*/*'],
      pairs: [
        ['authorization', '[REDACTED]'],
        ['accept', '*/*'],
      ],
      named: [
        { name: 'Set-Cookie', value: '[REDACTED]' },
        { name: 'accept', value: '*/*' },
        { name: 'cookie' },
      ],
    });
  });

  it('cleans names', () => {
    expect(redact({ 'password=abc': 1 })).toStrictEqual({ 'password=[REDACTED]': 1 });
  });

  it('reads JSON in texts, and leaves it as it is where it is harmless', () => {
    const inner = JSON.stringify({ cookie: [HIDDEN], n: 1 });
    const text = ` [${JSON.stringify(inner)}]\n`;
    expect(redact({ text })).toStrictEqual({
      text: JSON.stringify([JSON.stringify({ cookie: '[REDACTED]', n: 1 })]),
    });
    const quoted = JSON.stringify(JSON.stringify(JSON.stringify({ cookie: { a: HIDDEN } })));
    expect(JSON.parse(JSON.parse(redact(quoted) as string) as string)).toBe(
      '{"cookie":"[REDACTED]"}',
    );
    for (const harmless of [
      '"quoted"',
      '"',
      '{ "a" : [1, 2] }',
      '{no json}',
      '[REDACTED]',
      '{',
      '{}',
    ]) {
      expect(redact({ harmless })).toStrictEqual({ harmless });
    }
  });

  it('keeps to its limits with JSON in JSON', () => {
    let text = HIDDEN;
    for (let level = 0; level < 8; level += 1) text = JSON.stringify([text]);
    expect(redact(text)).not.toContain(HIDDEN);
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(redact(deep)).toBe('[[[[[["[Truncated]"]]]]]]');
  });

  it('takes other limits', () => {
    const value = { a: { b: { c: [1, 2, 3] } } };
    expect(redact(value, { maxDepth: 2 })).toStrictEqual({ a: { b: '[Truncated]' } });
    expect(redact(value, { maxValues: 4 })).toStrictEqual({
      a: { b: { c: [1, '[Truncated]'] } },
    });
  });

  it('cleans texts, wherever they stand', () => {
    const text = 'password=abc';
    expect(redact([text, new Set([text]), { text }])).toStrictEqual([
      'password=[REDACTED]',
      ['password=[REDACTED]'],
      { text: 'password=[REDACTED]' },
    ]);
  });

  it('writes what JSON cannot carry', () => {
    const date = new Date(0);
    expect(
      redact({
        big: 12n,
        date,
        invalid: new Date(Number.NaN),
        url: new URL('https://user@host.test/'),
        bytes: new Uint8Array(3),
        buffer: new ArrayBuffer(4),
        gone: undefined,
        call: () => undefined,
        symbol: Symbol('s'),
        secret1: new SecretString('test-key'),
      }),
    ).toStrictEqual({
      big: '12',
      date: '1970-01-01T00:00:00.000Z',
      invalid: null,
      url: 'https://[REDACTED]@host.test/',
      bytes: '[Uint8Array of 3 bytes]',
      buffer: '[ArrayBuffer of 4 bytes]',
      secret1: '[REDACTED]',
    });
  });

  it('cuts cycles and tells them from what merely comes twice', () => {
    const shared = { a: 1 };
    const cyclic: Record<string, unknown> = { first: shared, second: shared };
    cyclic['self'] = [cyclic];
    expect(redact(cyclic)).toStrictEqual({ first: shared, second: shared, self: ['[Circular]'] });
    const map = new Map<string, unknown>();
    map.set('self', map);
    expect(redact(map)).toStrictEqual({ self: '[Circular]' });
  });

  it('cuts what is too deep', () => {
    let deep: unknown = HIDDEN;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(JSON.stringify(redact(deep))).toBe('[[[[[["[Truncated]"]]]]]]');
  });

  it('cuts what is too much, also when it is the same thing again and again', () => {
    let wide: unknown = 'leaf';
    for (let level = 0; level < 5; level += 1) wide = Array.from({ length: 100 }, () => wide);
    const text = JSON.stringify(redact(wide));
    expect(text).toContain('[Truncated]');
    expect(text.length).toBeLessThan(100_000);
    const names = Array.from({ length: 5000 }, (_, index) => [`name${index}`, index]);
    const cut = redact(Object.fromEntries(names)) as Record<string, unknown>;
    expect(Object.keys(cut)).toHaveLength(2001);
    expect(cut['...']).toBe('[Truncated]');
  });

  it('names what cannot be read', () => {
    const thrower = (): never => {
      throw new Error(HIDDEN);
    };
    const hostile = {
      ok: 1,
      get broken(): never {
        return thrower();
      },
      json: { toJSON: thrower },
      keys: new Proxy({}, { ownKeys: thrower }),
      revoked: (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    };
    expect(redact(hostile)).toStrictEqual({
      ok: 1,
      broken: '[Unreadable]',
      json: '[Unreadable]',
      keys: '[Unreadable]',
      revoked: '[Unreadable]',
    });
  });

  it('ends with a toJSON that gives itself, or something new each time', () => {
    const itself = {
      a: 1,
      toJSON(): unknown {
        return this;
      },
    };
    const endless = { toJSON: (): unknown => ({ ...endless }) };
    expect(redact(itself)).toStrictEqual({ a: 1 });
    expect(redact(endless)).toBe('[Truncated]');
  });

  it('leaves prototypes alone', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    const copy = redact(hostile) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(['__proto__', 'a']);
    expect(copy['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('gives something that JSON can carry, for any value, and the same a second time', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true }), (value) => {
        const once = redact(value);
        expect(() => JSON.stringify(once)).not.toThrow();
        expect(redact(once)).toStrictEqual(once);
      }),
    );
  });
});

describe('redact of errors', () => {
  it('tells name, message, code and cause of a foreign one, and no more', () => {
    const failure = Object.assign(new TypeError('password=abc'), {
      code: 'ECONNRESET',
      request: { body: HIDDEN },
      cause: Object.assign(new Error('reset'), { code: 5 }),
    });
    expect(redact(failure)).toStrictEqual({
      name: 'TypeError',
      message: 'password=[REDACTED]',
      code: 'ECONNRESET',
      cause: { name: 'Error', message: 'reset', code: 5 },
    });
  });

  it('tells the stacks where it is asked to, cleaned', () => {
    const failure = new Error('password=abc', { cause: new RangeError('token=abcdef') });
    const told = redact(failure, { stacks: true }) as {
      readonly stack: string;
      readonly cause: { readonly stack: string };
    };
    expect(told.stack).toMatch(/^Error: password=\[REDACTED\]\n {4}at /);
    expect(told.cause.stack).toMatch(/^RangeError: token=\[REDACTED\]\n {4}at /);
  });

  it('tells the parts of an aggregate', () => {
    const failure = new AggregateError([new Error('v4'), new Error('v6')], 'both');
    expect(redact(failure)).toStrictEqual({
      name: 'AggregateError',
      message: 'both',
      errors: [
        { name: 'Error', message: 'v4' },
        { name: 'Error', message: 'v6' },
      ],
    });
  });

  it('tells every field of one of ours', () => {
    const failure = new IntegrationError('rate_limit', 'slow down', true, { status: 429 });
    expect(redact({ failure })).toStrictEqual({
      failure: {
        name: 'IntegrationError',
        message: 'slow down',
        code: 'rate_limit',
        retryable: true,
        status: 429,
        context: {},
      },
    });
  });

  it('cuts an error that caused itself', () => {
    const failure = new Error('again');
    failure.cause = new Error('between', { cause: failure });
    expect(redact(failure)).toStrictEqual({
      name: 'Error',
      message: 'again',
      cause: { name: 'Error', message: 'between', cause: '[Circular]' },
    });
  });
});

import { createHmac, randomBytes } from 'node:crypto';
import {
  ConfigurationError,
  InvalidJsonError,
  isIntegrationError,
  ValidationError,
  WebhookSignatureError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { WebhookHeaders } from './webhook-headers.ts';
import type { WebhookPayload } from './webhook-payload.ts';
import { MemoryReplayGuard } from './webhook-replay-guard.ts';
import { WebhookVerifier, type WebhookVerifierOptions } from './webhook-verifier.ts';

const NOW_S = 1_800_000_000;
const KEY = Buffer.from('a key of the tests, 32 bytes long');
const SECRET = `whsec_${KEY.toString('base64')}`;
const BODY = '{"id":"evt_1","type":"batch.completed","created_at":1,"data":{"id":"batch_1"}}';

interface Parts {
  readonly id?: string;
  readonly timestamp?: number | string;
  readonly body?: string | Uint8Array;
  readonly key?: Uint8Array;
}

function signature({
  id = 'evt_1',
  timestamp = NOW_S,
  body = BODY,
  key = KEY,
}: Parts = {}): string {
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}

function headers(parts: Parts = {}): Record<string, string> {
  return {
    'webhook-id': parts.id ?? 'evt_1',
    'webhook-timestamp': String(parts.timestamp ?? NOW_S),
    'webhook-signature': signature(parts),
  };
}

function verifier(options: Partial<WebhookVerifierOptions> = {}): WebhookVerifier {
  const clock = new ManualClock({ epoch: NOW_S * 1000 });
  return new WebhookVerifier({ secret: SECRET, clock, ...options });
}

async function failure(verifying: Promise<unknown>): Promise<unknown> {
  return verifying.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

/** What is wrong with a webhook; undefined when it is genuine. */
async function problem(
  given: WebhookHeaders,
  { body = BODY, ...options }: Partial<WebhookVerifierOptions> & { body?: WebhookPayload } = {},
): Promise<unknown> {
  const error = await failure(verifier(options).verifySignature(body, given));
  if (error === 'no failure') return undefined;
  return isIntegrationError(error) && error instanceof WebhookSignatureError
    ? error.problem
    : error;
}

describe('a genuine webhook', () => {
  it('is unwrapped', async () => {
    expect(await verifier().unwrap(BODY, headers())).toEqual(JSON.parse(BODY));
  });

  it.each<[string, WebhookHeaders]>([
    ['a plain object', headers()],
    ['names in another case', { ...upperCase(headers()), 'content-length': undefined }],
    ['Headers', new Headers(headers())],
    ['pairs', Object.entries(headers())],
    ['lists of values', Object.fromEntries(Object.entries(headers()).map(([n, v]) => [n, [v]]))],
  ])('has its headers in %s', async (_what, given) => {
    expect(await problem(given)).toBeUndefined();
  });

  it.each<[string, WebhookPayload]>([
    ['text', BODY],
    ['a Buffer', Buffer.from(BODY)],
    ['a part of a larger buffer', Buffer.from(`xx${BODY}xx`).subarray(2, -2)],
    ['an ArrayBuffer', new Uint8Array(Buffer.from(BODY)).buffer],
  ])('has its body as %s', async (_what, body) => {
    expect(await problem(headers(), { body })).toBeUndefined();
  });

  it('may have bytes that are no text', async () => {
    const body = new Uint8Array([0xff, 0x00, 0xfe]);
    expect(await problem(headers({ body }), { body })).toBeUndefined();
  });

  it('may be signed with any of several secrets, and have several signatures', async () => {
    const other = `whsec_${randomBytes(32).toString('base64')}`;
    const secret = [other, new SecretString(SECRET)];
    const several = `v1,${'A'.repeat(43)}= v2,x ${signature()}`;
    const given = { ...headers(), 'webhook-signature': several };
    expect(await problem(given, { secret })).toBeUndefined();
    expect(await problem(given, { secret: other })).toBe('wrong_signature');
  });

  it('may have its signatures joined as servers join headers that come twice', async () => {
    const joined = `${signature()}, v1,x`;
    expect(await problem({ ...headers(), 'webhook-signature': joined })).toBeUndefined();
  });

  it('may be signed with a secret that is no base64, by its text', async () => {
    const secret = 'a plain secret';
    const parts = { key: Buffer.from(secret) };
    expect(await problem(headers(parts), { secret })).toBeUndefined();
  });

  it.each([-300, 300])('may be %i s off', async (offset) => {
    expect(await problem(headers({ timestamp: NOW_S + offset }))).toBeUndefined();
  });
});

function upperCase(given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toUpperCase(), value]),
  );
}

describe('a webhook that is not genuine', () => {
  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('lacks %s', async (name) => {
    expect(await problem({ ...headers(), [name]: undefined as never })).toBe('missing_header');
    expect(await problem({ ...headers(), [name]: ' ' })).toBe('missing_header');
  });

  it.each(['soon', '1e9', '-5', '18000000.5', '0x10', `${NOW_S} ${NOW_S}`])(
    'has the timestamp %s',
    async (timestamp) => {
      expect(await problem(headers({ timestamp }))).toBe('malformed_header');
    },
  );

  it.each([
    [-301, 'too_old'],
    [301, 'too_new'],
  ])('is %i s off', async (offset, expected) => {
    expect(await problem(headers({ timestamp: NOW_S + offset }))).toBe(expected);
  });

  it('is further off than the tolerance that was set', async () => {
    const given = headers({ timestamp: NOW_S - 6 });
    expect(await problem(given, { tolerance: 5 })).toBe('too_old');
    expect(await problem(given, { tolerance: 6 })).toBeUndefined();
  });

  it.each([
    ['another key', signature({ key: Buffer.from('other') })],
    ['another body', signature({ body: '{}' })],
    ['another id', signature({ id: 'evt_2' })],
    ['another time', signature({ timestamp: NOW_S - 1 })],
    ['another version', signature().replace('v1,', 'v2,')],
    ['no version', signature().replace('v1,', '')],
    ['half of it', signature().slice(0, 20)],
    ['another case', signature().toLowerCase()],
  ])('is signed with %s', async (_what, given) => {
    const error = await problem({ ...headers(), 'webhook-signature': given });
    expect(error).toBe('wrong_signature');
  });

  it('is any other body than the one that was signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.uint8Array(), async (signed, sent) => {
        const expected = Buffer.compare(signed, sent) === 0 ? undefined : 'wrong_signature';
        expect(await problem(headers({ body: signed }), { body: sent })).toBe(expected);
      }),
    );
  });

  it('never shows the secret or the right signature', async () => {
    const bad = { ...headers(), 'webhook-signature': signature({ body: '{}' }) };
    const error = await failure(verifier().verifySignature(BODY, bad));
    const told = JSON.stringify(error);
    expect(told).toContain('webhook_signature');
    expect(told).not.toContain(signature().slice(3));
    expect(told).not.toContain(SECRET.slice(6));
  });
});

describe('what is passed', () => {
  it.each([{ id: 'evt_1' }, undefined, null, 7])('must be the raw body, not %j', async (body) => {
    const error = await failure(verifier().unwrap(body as never, headers()));
    expect(error).toBeInstanceOf(ValidationError);
  });

  it.each<[unknown]>([
    [undefined],
    [null],
    [''],
    [[]],
    ['whsec_'],
    ['whsec_***'],
    [[SECRET, '']],
    [5],
  ])('must be a secret, not %j', (secret) => {
    expect(() => verifier({ secret: secret as never })).toThrow(ConfigurationError);
  });

  it.each([-1, Number.NaN, Infinity])('must be a tolerance, not %d', (tolerance) => {
    expect(() => verifier({ tolerance })).toThrow(/`tolerance` must be/);
  });

  it('is JSON, or unwrapping fails', async () => {
    const body = '{"id":';
    const error = await failure(verifier().unwrap(body, headers({ body })));
    expect(error).toBeInstanceOf(InvalidJsonError);
  });

  it('needs Web Crypto', async () => {
    vi.stubGlobal('crypto', {});
    const error = await failure(verifier().verifySignature(BODY, headers()));
    vi.unstubAllGlobals();
    expect(error).toBeInstanceOf(ConfigurationError);
  });
});

describe('a replay guard', () => {
  it('refuses what came before, and nothing that was not genuine counts', async () => {
    const clock = new ManualClock({ epoch: NOW_S * 1000 });
    const guarded = verifier({ clock, replayGuard: new MemoryReplayGuard({ clock }) });
    const forged = { ...headers(), 'webhook-signature': 'v1,x' };
    await failure(guarded.verifySignature(BODY, forged));
    await guarded.verifySignature(BODY, headers());
    expect(await failure(guarded.verifySignature(BODY, headers()))).toMatchObject({
      problem: 'replayed',
    });
    await guarded.verifySignature(BODY, headers({ id: 'evt_2' }));
  });

  it('remembers as long as the signature is good, and no longer', async () => {
    const clock = new ManualClock({ epoch: NOW_S * 1000 });
    const seen: number[] = [];
    const guarded = verifier({
      clock,
      replayGuard: { firstSeen: (_id, until) => seen.push(until) > 0 },
    });
    await guarded.verifySignature(BODY, headers());
    expect(seen).toEqual([(NOW_S + 301) * 1000]);
  });
});

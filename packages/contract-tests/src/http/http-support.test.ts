import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connected } from './call-table.test.support.ts';
import { HTTP_PROVIDERS, type HttpProvider } from './http-provider.test.support.ts';
import { recordCall } from './record-calls.test.support.ts';
import { recordBody, replayBody } from './recorded-body.test.support.ts';
import { KEY, recordRequest } from './recorded-exchange.test.support.ts';
import { readRecordings, recordingOf } from './recordings.test.support.ts';
import { beginReplays, endReplays, replay, type Replay } from './replay-calls.test.support.ts';
import { stable, stableText } from './stable-text.test.support.ts';

/** A provider whose client does what it is told. */
function providerOf(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): HttpProvider {
  return {
    name: 'openai',
    origin: 'https://api.test',
    names: [],
    refusals: { 500: { status: 500 } },
    listedRequests: () => [],
    connect: ({ fetch = globalThis.fetch } = {}): Connected => ({
      prepare: async () => [],
      call: () => call(fetch),
      close: async () => undefined,
    }),
  };
}

describe('a recorded body', () => {
  it.each([
    ['{"a":[1,"ä"]}', { json: { a: [1, 'ä'] } }],
    ['{ "a": 1 }\n', { lines: ['{ "a": 1 }', ''] }],
    ['data: {}\n\ndata: [DONE]\n\n', { lines: ['data: {}', '', 'data: [DONE]', '', ''] }],
    ['--b\r\n\r\ntext\r\n--b--\r\n', { crlf: ['--b', '', 'text', '--b--', ''] }],
    ['', undefined],
  ])('of %j can be read', (text, recorded) => {
    expect(recordBody(Buffer.from(text))).toEqual(recorded);
  });

  it('is what it was when it is replayed', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '"', '{', 'ä') });
    const bodies = fc.oneof(
      fc.uint8Array(),
      texts.map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bodies, (bytes) => {
        expect(Buffer.compare(replayBody(recordBody(bytes)), bytes)).toBe(0);
      }),
    );
  });
});

describe('a stable text', () => {
  it.each([
    ['file-9aBcDeFgHiJkLmNoPq, file-9aBcDeFgHiJkLmNoPr', 'file-1, file-2'],
    ['vs_4f6a8c0e2b4d6f8a vs_4f6a8c0e2b4d6f8a', 'vs_1 vs_1'],
    ['1f0c6a52-9a7b-4c6d-8e1f-0a1b2c3d4e5f', '00000000-0000-4000-8000-000000000001'],
    ['"created":1795226391,"at":1795226391.25', '"created":1000000000,"at":1000000000'],
    ['2026-11-21T02:00:00.123Z', '2001-09-09T01:46:40Z'],
    ['http://127.0.0.1:40123/v1', 'https://files.test/v1'],
    ['whsec_bm90IGEgc2VjcmV0+/=', 'whsec_secret'],
    ['fine_tuning_checkpoint 0.1795226391 text-embedding-3-small', undefined],
  ])('of %s', (text, expected = text) => {
    expect(stableText(text)).toBe(expected);
  });

  it.each(HTTP_PROVIDERS)('is all that the recordings of $name have', (provider) => {
    const recordings = readRecordings(provider);
    for (const recording of Object.values(recordings.calls)) {
      expect(stable(recording)).toEqual(recording);
    }
    expect(JSON.stringify(recordings)).not.toContain(KEY);
  });

  it('of a request has another boundary, and no key', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'a/b; boundary=form-7' };
    const body = '--form-7\r\n--form-7--\r\n';
    const request = new Request('https://api.test/a?b=c', { method: 'POST', headers, body });
    expect(await recordRequest(request)).toEqual({
      line: 'POST /a?b=c',
      headers: { authorization: 'Bearer [REDACTED]', 'content-type': 'a/b; boundary=boundary' },
      body: { crlf: ['--boundary', '--boundary--', ''] },
    });
  });
});

describe('a recording', () => {
  it.each([0, 2])('is refused of a call that makes %i requests', async (count) => {
    const call = async (fetch: typeof globalThis.fetch): Promise<void> => {
      for (let n = 0; n < count; n += 1) await fetch('data:,answer');
    };
    await expect(recordCall(providerOf(call), 'a.b')).rejects.toThrow(
      `a.b should make one request; it made ${count}.`,
    );
  });

  it('that is missing says how to make it', () => {
    expect(() => recordingOf({}, 'a.b')).toThrow('a.b is not recorded: UPDATE_RECORDINGS=1.');
  });
});

describe('a replay', () => {
  const [openai] = HTTP_PROVIDERS as readonly [HttpProvider, ...HttpProvider[]];
  const { ids, request, response } = recordingOf(readRecordings(openai).calls, 'models.retrieve');
  const RECORDED: Replay = { name: 'models.retrieve', ids, request, response };
  const TO_ELSEWHERE = { ...openai, origin: 'https://api.test' };

  beforeAll(beginReplays);

  afterAll(endReplays);

  /** The same provider, with calls made of its own. */
  function making(calls: (make: () => PromiseLike<unknown>) => PromiseLike<unknown>): HttpProvider {
    return {
      ...openai,
      connect: (options) => {
        const client = openai.connect(options);
        return { ...client, call: (name, given) => calls(() => client.call(name, given)) };
      },
    };
  }

  it('gives what came of the call', async () => {
    expect(await replay(openai, RECORDED)).toEqual({ requestId: 'request-1' });
    const body = { json: { error: { message: 'None.', code: 'gone' } } };
    const refused = { ...RECORDED, response: { status: 404, headers: {}, body } };
    expect(await replay(openai, refused)).toMatchObject({
      error: { name: 'NotFoundError', status: 404, apiCode: 'gone' },
    });
  });

  it.each<[string, Partial<Replay['request']>]>([
    ['another method', { line: request.line.replace('GET', 'POST') }],
    ['another path', { line: `${request.line}/more` }],
    ['another query', { line: `${request.line}?limit=1` }],
    ['another header', { headers: { ...request.headers, accept: '*/*' } }],
    ['a header more', { headers: { ...request.headers, 'x-team': 'a' } }],
    ['another body', { body: { json: {} } }],
  ])('fails where %s was recorded', async (_what, change) => {
    const changed = { ...RECORDED, request: { ...request, ...change } };
    await expect(replay(openai, changed)).rejects.toThrow('to deeply equal');
  });

  it.each<[string, HttpProvider]>([
    ['no request', making(async () => undefined)],
    ['a second request', making((make) => Promise.all([make(), make()]))],
    ['a request to another server', TO_ELSEWHERE],
  ])('fails for %s', async (_what, provider) => {
    await expect(replay(provider, RECORDED)).rejects.toThrow('to deeply equal');
  });
});

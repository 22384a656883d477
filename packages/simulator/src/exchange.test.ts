import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { CHAT, dataOf, post, QUESTION, STREAMED_QUESTION } from './post.test.support.ts';
import { chunksOf, RawConnection } from './raw-connection.test.support.ts';
import { createSimulator, type Simulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

/** The events the question's stream has before its end mark: role, 14 words, end. */
const EVENTS = 16;

async function streamed(
  fault: Fault,
): Promise<{ readonly response: Response; readonly text: string }> {
  const response = await post(simulator, CHAT, STREAMED_QUESTION, { fault });
  return { response, text: await response.text() };
}

function raw(fault: Fault, body: unknown = STREAMED_QUESTION): RawConnection {
  return new RawConnection(simulator, CHAT, body, fault);
}

describe('a fault in place of the answer', () => {
  it.each([
    [400, 'invalid_request_error', null],
    [401, 'invalid_request_error', 'invalid_api_key'],
    [429, 'requests', 'rate_limit_exceeded'],
    [500, 'server_error', null],
    [503, 'server_error', null],
    [529, 'server_error', null],
  ])('answers %i as the API does', async (status, type, code) => {
    const response = await post(simulator, CHAT, STREAMED_QUESTION, { fault: { status } });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      error: { message: expect.any(String), type, param: null, code },
    });
  });

  it('words the quota error whole when only its code is given', async () => {
    const response = await post(simulator, CHAT, QUESTION, {
      fault: { status: 429, error: { code: 'insufficient_quota' } },
    });
    expect(await response.json()).toMatchObject({
      error: { type: 'insufficient_quota', code: 'insufficient_quota' },
    });
    expect(response.headers.get('retry-after')).toBeNull();
  });

  it('sends the error, the waiting times and the headers it is given', async () => {
    const error = { message: 'Wait.', type: 'tokens', code: 'slow_down', param: 'model' };
    const response = await post(simulator, CHAT, QUESTION, {
      fault: {
        status: 429,
        error,
        retryAfter: 7,
        retryAfterMs: 6500,
        headers: { 'X-RateLimit-Remaining-Requests': '0', 'x-should-retry': 'false' },
      },
    });
    expect(await response.json()).toEqual({ error });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '7',
      'retry-after-ms': '6500',
      'x-ratelimit-remaining-requests': '0',
      'x-should-retry': 'false',
    });
  });

  it.each([
    ['empty', 'application/json', ''],
    ['html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['binary', 'application/octet-stream', '\uFFFD'],
  ] as const)('answers an error with an %s body', async (body, contentType, start) => {
    const response = await post(simulator, CHAT, QUESTION, { fault: { status: 502, body } });
    expect(response.headers.get('content-type')).toBe(contentType);
    const text = await response.text();
    expect(text.startsWith(start)).toBe(true);
    expect(text === '').toBe(body === 'empty');
  });

  it('answers 200 with a page, with nothing, with broken JSON or under another type', async () => {
    const page = await post(simulator, CHAT, QUESTION, { fault: { html: true } });
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const nothing = await post(simulator, CHAT, STREAMED_QUESTION, { fault: { emptyBody: true } });
    expect(nothing.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect([nothing.status, await nothing.text()]).toEqual([200, '']);
    const broken = await post(simulator, CHAT, QUESTION, { fault: { malformedJson: true } });
    expect(broken.status).toBe(200);
    await expect(broken.json()).rejects.toThrow(SyntaxError);
    const mistyped = await post(simulator, CHAT, QUESTION, { fault: { wrongContentType: true } });
    expect(mistyped.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await mistyped.json()).toMatchObject({ object: 'chat.completion' });
  });

  it('redirects', async () => {
    const response = await post(simulator, CHAT, QUESTION, {
      fault: { redirect: { status: 307, location: '/v1/elsewhere' } },
    });
    expect([response.status, response.headers.get('location')]).toEqual([307, '/v1/elsewhere']);
  });

  it('waits before the head', async () => {
    const late = raw({ latencyMs: 600_000 });
    await post(simulator, CHAT, QUESTION).then((response) => response.text());
    expect(late.text).toBe('');
    late.destroy();
    const response = await post(simulator, CHAT, QUESTION, { fault: { latencyMs: 40 } });
    expect(Number(response.headers.get('openai-processing-ms'))).toBeGreaterThan(30);
  });
});

describe('a fault of the connection', () => {
  it('resets before the head', async () => {
    const connection = raw({ reset: 'beforeHeaders' }, QUESTION);
    expect(await connection.ended).toBe('reset');
    expect(connection.text).toBe('');
  });

  it.each([QUESTION, STREAMED_QUESTION])('resets after the head of %j', async (body) => {
    const connection = raw({ reset: 'afterHeaders' }, body);
    expect(await connection.ended).toBe('reset');
    expect(connection.text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/);
  });

  it.each([QUESTION, STREAMED_QUESTION])(
    'stalls after the head of %j, until the client goes',
    async (body) => {
      const connection = raw({ headersThenStall: true }, body);
      await connection.received('\r\n\r\n');
      await post(simulator, CHAT, QUESTION).then((response) => response.text());
      expect(connection.text.endsWith('\r\n\r\n')).toBe(true);
      connection.destroy();
      await simulator.waitForIdle();
      expect(simulator.requests.findLast((entry) => entry.fault !== undefined)).toMatchObject({
        fault: { headersThenStall: true },
        aborted: true,
      });
    },
  );

  it('resets after some events, which arrive', async () => {
    const connection = raw({ resetAfterEvents: 3 });
    expect(await connection.ended).toBe('reset');
    expect(connection.text.match(/^data: /gm)).toHaveLength(3);
  });
});

describe('a fault of a stream', () => {
  it('stalls after some events, with comments if asked', async () => {
    const silent = raw({ stallAfterEvents: 2 });
    await silent.received('"delta":{"content":"You"}');
    const commented = raw({ stallAfterEvents: 2, keepAliveCommentsMs: 2 });
    await commented.received(': keep-alive\n\n');
    expect(commented.text.match(/^data: /gm)).toHaveLength(2);
    expect(silent.text.match(/^data: /gm)).toHaveLength(2);
    expect(commented.text).not.toContain('[DONE]');
    expect(silent.text).not.toContain(': keep-alive');
    silent.destroy();
    commented.destroy();
    await simulator.waitForIdle();
  });

  it('keeps comments coming before a late first event', async () => {
    const { text } = await streamed({ firstEventDelayMs: 30, keepAliveCommentsMs: 5 });
    expect(text.startsWith(': keep-alive\n\n')).toBe(true);
    expect(dataOf(text)).toHaveLength(EVENTS + 1);
  });

  it('waits between events', async () => {
    const connection = raw({ eventGapMs: 600_000 });
    await connection.received('data: ');
    await post(simulator, CHAT, QUESTION).then((response) => response.text());
    expect(connection.text.match(/^data: /gm)).toHaveLength(1);
    connection.destroy();
  });

  it.each([
    [{ cutAfterEvents: 0 }, 0],
    [{ cutAfterEvents: 4 }, 4],
    [{ cutAfterEvents: 999 }, EVENTS],
    [{ omitDone: true }, EVENTS],
  ] as const)('ends cleanly without an end mark for %j', async (fault, events) => {
    const { text } = await streamed(fault);
    expect(dataOf(text)).toHaveLength(events);
    expect(text).not.toContain('[DONE]');
  });

  it('ends cleanly in the middle of an event', async () => {
    const { text } = await streamed({ cutMidEvent: 2 });
    const data = dataOf(text);
    expect(data).toHaveLength(3);
    expect(text.endsWith('\n')).toBe(false);
    expect(() => JSON.parse(data[1] ?? '') as unknown).not.toThrow();
    expect(() => JSON.parse(data[2] ?? '') as unknown).toThrow(SyntaxError);
  });

  it('breaks the JSON of one event and goes on', async () => {
    const { text } = await streamed({ malformedJson: 3 });
    const broken = dataOf(text).map((data) => {
      try {
        return data !== '[DONE]' && JSON.parse(data) === undefined;
      } catch (error) {
        return error instanceof SyntaxError;
      }
    });
    expect(broken.map((isBroken, index) => (isBroken ? index + 1 : 0)).filter(Boolean)).toEqual([
      3,
    ]);
    expect(broken).toHaveLength(EVENTS + 1);
  });

  it('answers with one JSON body instead', async () => {
    const { response, text } = await streamed({ jsonInsteadOfStream: true });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject({ object: 'chat.completion' });
  });

  it('sends an error as an event and ends, the status being 200', async () => {
    const { response, text } = await streamed({
      errorEvent: { afterEvents: 2, error: { code: 'rate_limit_exceeded' } },
    });
    const data = dataOf(text);
    expect(response.status).toBe(200);
    expect(data).toHaveLength(3);
    expect(JSON.parse(data[2] ?? '')).toEqual({
      error: {
        message: expect.any(String),
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
    });
  });

  it('slips in an event of another kind and goes on', async () => {
    const { text } = await streamed({
      unknownEvent: { afterEvents: 1, event: 'ping', data: '{}' },
    });
    expect(text.split('\n\n')[1]).toBe('event: ping\ndata: {}');
    expect(dataOf(text)).toHaveLength(EVENTS + 1);
  });

  it.each(['\n', '\r\n', '\r'] as const)('ends lines with %j', async (lineEnding) => {
    const { text } = await streamed({ lineEnding });
    expect(text.endsWith(`data: [DONE]${lineEnding}${lineEnding}`)).toBe(true);
    expect(new Set(text.match(/\r\n|\r|\n/g))).toEqual(new Set([lineEnding]));
    expect(dataOf(text)).toHaveLength(EVENTS + 1);
  });
});

describe('a fault of the writing', () => {
  it.each([
    [{ byteByByte: true }, 1],
    [{ chunkBytes: 7 }, 7],
  ] as const)('writes a stream in pieces for %j', async (fault, size) => {
    const connection = raw(fault);
    expect(await connection.ended).toBe('closed');
    const chunks = chunksOf(connection.text);
    expect(chunks.filter((chunk) => chunk.length > size)).toEqual([]);
    expect(dataOf(chunks.join(''))).toHaveLength(EVENTS + 1);
  });

  it('writes a JSON body in pieces, whole', async () => {
    const response = await post(simulator, CHAT, QUESTION, { fault: { byteByByte: true } });
    expect(await response.json()).toMatchObject({ object: 'chat.completion' });
  });
});

describe('where faults come from', () => {
  it('gives an injected fault to the requests it matches, and shows it in the journal', async () => {
    await using own = await createSimulator();
    const injected = own.inject({
      match: { model: 'gpt-4o-mini' },
      times: 1,
      fault: { status: 503 },
    });
    const statuses = [];
    for (const model of ['gpt-4o', 'gpt-4o-mini', 'gpt-4o-mini']) {
      statuses.push((await post(own, CHAT, { ...QUESTION, model })).status);
    }
    expect(statuses).toEqual([200, 503, 200]);
    expect(injected.hits).toBe(1);
    expect(own.requests.map((entry) => entry.fault)).toEqual([
      undefined,
      { status: 503 },
      undefined,
    ]);
    own.inject({ fault: { html: true } });
    own.clearFaults();
    expect((await post(own, CHAT, QUESTION)).headers.get('content-type')).toBe('application/json');
  });

  it("prefers the request's own fault, and does not count it for the injected ones", async () => {
    await using own = await createSimulator();
    const injected = own.inject({ fault: { status: 503 } });
    expect((await post(own, CHAT, QUESTION, { fault: { status: 418 } })).status).toBe(418);
    expect(injected.hits).toBe(0);
  });

  it('refuses a wrong fault, in the header and in inject', async () => {
    const response = await fetch(`${simulator.url}${CHAT}`, {
      method: 'POST',
      headers: { 'x-simulator-fault': '{"cutAfterEvent":1}' },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { param: 'x-simulator-fault', message: expect.stringContaining('"cutAfterEvent"') },
    });
    const unparsed = await fetch(`${simulator.url}${CHAT}`, {
      method: 'POST',
      headers: { 'x-simulator-fault': '{' },
    });
    expect(await unparsed.json()).toMatchObject({
      error: { message: expect.stringContaining('is not JSON') },
    });
    expect(() => simulator.inject({ fault: { status: 302 } })).toThrow(
      'status must be an error status',
    );
  });
});

import { getEventListeners } from 'node:events';
import {
  AbortedError,
  ConnectionError,
  InvalidJsonError,
  OverloadedError,
  ProtocolError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
  UnexpectedContentTypeError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Fault, type Simulator } from '@integrations/simulator';
import { TestMetrics } from '@integrations/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { ChatStream } from './chat-stream.ts';

const PASSAGE = Array.from({ length: 12 }, (_, at) => `The ledger keeps entry number ${at}.`).join(
  ' ',
);
const REQUEST = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: `[1] ${PASSAGE}\n\nWhat does the ledger keep?` }],
} as const;

let simulator: Simulator;
let client: OpenAIClient;
let metrics: TestMetrics;

beforeAll(async () => {
  simulator = await createSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  simulator.clearRequests();
  metrics = new TestMetrics();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    metrics,
    // One attempt each, and none refused: this is about how an attempt ends.
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
});

afterEach(async () => {
  simulator.clearFaults();
  await client.close();
  // Whatever went wrong, no connection is left behind.
  await vi.waitFor(() => {
    if (simulator.openSockets > 0) throw new Error(`${simulator.openSockets} connections are left`);
  });
});

interface Reading {
  readonly stream: ChatStream;
  readonly chunks: readonly ChatCompletionChunk[];
  readonly error: unknown;
}

/** Reads a stream under a fault to its end, whichever it is. */
async function readWith(fault: Fault, options = {}): Promise<Reading> {
  simulator.inject({ fault });
  const stream = await client.chat.createStream(REQUEST, options);
  const chunks: ChatCompletionChunk[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
    return { stream, chunks, error: undefined };
  } catch (error) {
    return { stream, chunks, error };
  }
}

/** The error of a call that does not get as far as a stream. */
async function failWith(fault: Fault, options = {}): Promise<unknown> {
  simulator.inject({ fault });
  return client.chat.createStream(REQUEST, options).then(
    () => 'a stream',
    (error: unknown) => error,
  );
}

/** Leaves the loop after one chunk. */
async function readOne(stream: ChatStream): Promise<ChatCompletionChunk | undefined> {
  for await (const chunk of stream) return chunk;
  return undefined;
}

function textOf(chunks: readonly ChatCompletionChunk[]): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
}

describe('a stream that does not end as it should', () => {
  it.each<[string, Fault, new (message: string) => Error, number]>([
    ['is cut between events', { cutAfterEvents: 3 }, StreamTruncatedError, 3],
    ['is cut within an event', { cutMidEvent: 3 }, StreamTruncatedError, 3],
    ['is reset', { resetAfterEvents: 3 }, ConnectionError, 3],
    ['carries an error', { errorEvent: { afterEvents: 3 } }, ServerError, 3],
    [
      'carries a rate limit error',
      { errorEvent: { afterEvents: 3, error: { code: 'rate_limit_exceeded' } } },
      RateLimitError,
      3,
    ],
    [
      'carries a quota error',
      { errorEvent: { afterEvents: 3, error: { code: 'insufficient_quota' } } },
      QuotaExhaustedError,
      3,
    ],
    ['has an event that is no JSON', { malformedJson: 4 }, InvalidJsonError, 3],
  ])('that %s gives its events and then the typed error', async (_what, fault, type, events) => {
    const { stream, chunks, error } = await readWith(fault);
    expect(error).toBeInstanceOf(type);
    expect(chunks).toHaveLength(events);
    expect(stream.state).toBe('errored');
    await expect(stream.finalCompletion()).rejects.toBe(error);
    expect(metrics.value('openai_requests_total', { status: 'error' })).toBe(1);
  });

  it('without its end mark is not complete, even if every chunk came', async () => {
    const { stream, chunks, error } = await readWith({ omitDone: true });
    expect(error).toBeInstanceOf(StreamTruncatedError);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    await expect(stream.finalCompletion()).rejects.toBeInstanceOf(StreamTruncatedError);
  });

  it('names the call and the request in its error', async () => {
    const { stream, error } = await readWith({ cutAfterEvents: 2 });
    expect(error).toMatchObject({
      code: 'stream_truncated',
      requestId: stream.requestId,
      message: expect.stringMatching(/^openai chat.create_stream: the stream ended after 2 events/),
    });
  });
});

describe('a stream that falls silent', () => {
  it('times out', async () => {
    const { chunks, error } = await readWith({ stallAfterEvents: 2 }, { streamIdleTimeout: 60 });
    expect(error).toBeInstanceOf(StreamIdleTimeoutError);
    expect(chunks).toHaveLength(2);
  });

  it('times out although comments keep the connection busy', async () => {
    const fault = { stallAfterEvents: 2, keepAliveCommentsMs: 10 };
    const { error } = await readWith(fault, { streamIdleTimeout: 60 });
    expect(error).toBeInstanceOf(StreamIdleTimeoutError);
  });

  it('before its first event runs into the timeout of the attempt', async () => {
    expect(await failWith({ headersThenStall: true }, { timeout: 60 })).toMatchObject({
      code: 'attempt_timeout',
    });
    expect(
      await failWith({ firstEventDelayMs: 60_000, keepAliveCommentsMs: 10 }, { timeout: 60 }),
    ).toMatchObject({ code: 'attempt_timeout' });
  });

  it('does not run into the timeout of the attempt once it has begun', async () => {
    const { error, chunks } = await readWith({ eventGapMs: 15 }, { timeout: 100 });
    expect(error).toBeUndefined();
    expect(chunks.length).toBeGreaterThan(8);
  });
});

describe('an answer that is no stream', () => {
  it.each<[string, Fault, new (message: string) => Error]>([
    ['an HTML page', { html: true }, UnexpectedContentTypeError],
    ['one JSON body', { jsonInsteadOfStream: true }, UnexpectedContentTypeError],
    ['another content type', { wrongContentType: true }, UnexpectedContentTypeError],
    ['nothing', { emptyBody: true }, ProtocolError],
    ['a status of overload', { status: 503 }, OverloadedError],
    ['a rate limit', { status: 429, retryAfter: 7 }, RateLimitError],
    ['a reset before the head', { reset: 'beforeHeaders' }, ConnectionError],
    ['a reset after the head', { reset: 'afterHeaders' }, ConnectionError],
    ['an error as the first event', { errorEvent: { afterEvents: 0 } }, ServerError],
    ['an end without any event', { cutAfterEvents: 0 }, StreamTruncatedError],
    ['a first event that is no JSON', { malformedJson: true }, InvalidJsonError],
  ])('but %s fails the call itself', async (_what, fault, type) => {
    expect(await failWith(fault)).toBeInstanceOf(type);
    expect(metrics.value('openai_requests_total', { status: 'error' })).toBe(1);
  });

  it('tells how long a limited caller should wait', async () => {
    expect(await failWith({ status: 429, retryAfter: 7 })).toMatchObject({ retryAfterMs: 7000 });
    simulator.clearFaults();
    expect(await failWith({ status: 429, retryAfter: 7, retryAfterMs: 250 })).toMatchObject({
      retryAfterMs: 250,
    });
  });
});

describe('a stream that is only unusual', () => {
  it.each<[string, Fault]>([
    ['byte by byte', { byteByByte: true }],
    ['in pieces of 7 bytes', { chunkBytes: 7 }],
    ['with CRLF', { lineEnding: '\r\n' }],
    ['with CR', { lineEnding: '\r' }],
    ['with CRLF, byte by byte', { lineEnding: '\r\n', byteByByte: true }],
    ['with events of other kinds', { unknownEvent: { afterEvents: 2, event: 'ping', data: '{}' } }],
    ['with comments', { firstEventDelayMs: 30, keepAliveCommentsMs: 5 }],
  ])('%s is read as any other', async (_what, fault) => {
    const expected = await (await client.chat.createStream(REQUEST)).finalContent();
    const { stream, chunks, error } = await readWith(fault);
    expect(error).toBeUndefined();
    expect(textOf(chunks)).toBe(expected);
    expect(stream.state).toBe('completed');
  });
});

describe('a reader who leaves', () => {
  it('by break closes the connection', async () => {
    simulator.inject({ fault: { eventGapMs: 10 } });
    const stream = await client.chat.createStream(REQUEST);
    expect(await readOne(stream)).toBeDefined();
    expect(stream.state).toBe('cancelled');
    await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
    await expect(stream.finalCompletion()).rejects.toBeInstanceOf(AbortedError);
    expect(metrics.value('openai_requests_total', { status: 'cancelled' })).toBe(1);
  });

  it('by cancel() before reading closes the connection', async () => {
    simulator.inject({ fault: { stallAfterEvents: 1 } });
    const stream = await client.chat.createStream(REQUEST);
    stream.cancel();
    stream.cancel();
    await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
    expect(stream.state).toBe('cancelled');
  });

  it('by abort makes the loop throw at once', async () => {
    simulator.inject({ fault: { stallAfterEvents: 2 } });
    const controller = new AbortController();
    const stream = await client.chat.createStream(REQUEST, { signal: controller.signal });
    const seen: ChatCompletionChunk[] = [];
    const reading = (async () => {
      for await (const chunk of stream) {
        seen.push(chunk);
        if (seen.length === 2) setImmediate(() => controller.abort(new Error('enough')));
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(AbortedError);
    await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('by abort before the first event fails the call', async () => {
    simulator.inject({ fault: { headersThenStall: true } });
    const controller = new AbortController();
    const call = client.chat.createStream(REQUEST, { signal: controller.signal });
    await expect.poll(() => simulator.requests[0]?.status).toBe(200);
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(AbortedError);
    await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
  });

  it('cannot come back', async () => {
    const stream = await client.chat.createStream(REQUEST);
    await stream.finalCompletion();
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ValidationError);
    await expect(stream.finalCompletion()).resolves.toMatchObject({ object: 'chat.completion' });
  });

  it('leaves no listener on a signal that many calls share', async () => {
    const { signal } = new AbortController();
    for (let round = 0; round < 20; round += 1) {
      const stream = await client.chat.createStream(REQUEST, { signal });
      if (round % 2 === 0) await readOne(stream);
      else await stream.finalCompletion();
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a reader who is slow', () => {
  it('loses nothing, and is not taken for a silent server', async () => {
    const stream = await client.chat.createStream(REQUEST, { streamIdleTimeout: 20 });
    const expected = await (await client.chat.createStream(REQUEST)).finalContent();
    const chunks: ChatCompletionChunk[] = [];
    for await (const chunk of stream) {
      if (chunks.push(chunk) === 2) await new Promise((resolve) => setTimeout(resolve, 80));
    }
    expect(textOf(chunks)).toBe(expected);
  });
});

import { getEventListeners } from 'node:events';
import {
  AbortedError,
  BadRequestError,
  ConnectionError,
  OverloadedError,
  RateLimitError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
} from '@integrations/errors';
import type { Fault, Simulator } from '@integrations/simulator';
import { ManualClock } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  connect,
  failure,
  FAST,
  QUESTION,
  readAll,
  type Wired,
} from './hard-cases.test.support.ts';

const ASKED = { model: QUESTION.model, inputs: 'What is a ledger?' } as const;
/** How many requests there are when a wait between attempts may be over. */
async function afterBackOff(clock: ManualClock, { requests }: Simulator): Promise<number> {
  await clock.advance(FAST.maxDelay);
  return requests.length;
}

const LONG_WAIT = { initialDelay: '1h', maxDelay: '1h', jitter: 'none' } as const;

let wired: Wired;

beforeAll(async () => {
  wired = await connect();
});

afterAll(() => wired[Symbol.asyncDispose]());

beforeEach(() => {
  wired.simulator.clearFaults();
  wired.simulator.clearRequests();
});

describe('a wait between attempts', () => {
  it.each(['create', 'createStream'] as const)('ends at once with an abort: %s', async (method) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onRetry = (): unknown => setImmediate(() => controller.abort('enough'));
    const client = wired.client({ retry: { ...LONG_WAIT, onRetry } });
    wired.simulator.inject({ fault: { status: 500 } });
    const error = await failure(client.chat[method](QUESTION, { signal }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: 'enough' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await wired.simulator.waitForIdle();
    expect(wired.simulator.requests).toHaveLength(1);
  });

  it('is not begun where the total timeout would pass in it', async () => {
    const reasons: string[] = [];
    const onStop = ({ reason }: { readonly reason: string }): unknown => reasons.push(reason);
    const client = wired.client({ retry: { ...LONG_WAIT, onStop }, totalTimeout: '30s' });
    wired.simulator.inject({ fault: { status: 500 } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toMatchObject({ code: 'server' });
    expect(reasons).toEqual(['deadline']);
    expect(wired.simulator.requests).toHaveLength(1);
  });
});

describe('a time that passes', () => {
  it.each([
    ['timeout', 'attempt_timeout', 2],
    ['totalTimeout', 'total_timeout', 1],
  ] as const)('`%s` ends an answer that does not come', async (option, code, requests) => {
    const clock = new ManualClock();
    const client = wired.client({ clock, timeout: 0, maxRetries: 1, [option]: '40s' });
    const { simulator } = wired;
    simulator.inject({ fault: { latencyMs: 3_600_000 } });
    const running = failure(client.chat.create(QUESTION));
    for (let sent = 1; sent <= requests; sent += 1) {
      await expect.poll(() => afterBackOff(clock, simulator)).toBe(sent);
      await clock.advance(40_000);
    }
    expect(await running).toMatchObject({ code });
    expect(simulator.requests).toHaveLength(requests);
    await expect.poll(() => simulator.requests.every(({ aborted }) => aborted)).toBe(true);
  });

  it('`streamIdleTimeout` ends a stream that has fallen silent, whatever comments come', async () => {
    const clock = new ManualClock();
    const client = wired.client({ clock, streamIdleTimeout: '20s' });
    wired.simulator.inject({ fault: { stallAfterEvents: 2, keepAliveCommentsMs: 5 } });
    const stream = await client.chat.createStream(QUESTION);
    const read: unknown[] = [];
    const ended = failure(
      (async () => {
        for await (const chunk of stream) read.push(chunk);
      })(),
    );
    await expect.poll(() => read).toHaveLength(2);
    await clock.advance(20_000);
    expect(await ended).toBeInstanceOf(StreamIdleTimeoutError);
    await expect.poll(() => wired.simulator.requests[0]?.aborted).toBe(true);
  });
});

const LIMIT = { type: 'rate_limited', code: '1300' } as const;
const CAPACITY = { type: 'service_tier_capacity_exceeded', code: '3505' } as const;

const BROKEN: readonly (readonly [string, Fault, abstract new (...args: never[]) => Error])[] = [
  ['is reset', { resetAfterEvents: 2 }, ConnectionError],
  ['ends between events', { cutAfterEvents: 2 }, StreamTruncatedError],
  ['ends within an event', { cutMidEvent: 2 }, StreamTruncatedError],
  ['carries a limit', { errorEvent: { afterEvents: 2, error: LIMIT } }, RateLimitError],
  [
    'carries want of capacity',
    { errorEvent: { afterEvents: 2, error: CAPACITY } },
    OverloadedError,
  ],
  [
    'carries a wrong model',
    { errorEvent: { afterEvents: 2, error: { type: 'invalid_model', code: '1500' } } },
    BadRequestError,
  ],
];

describe('a stream that breaks', () => {
  it.each(BROKEN)(
    'gives what came, and never begins again: chat %s',
    async (_what, fault, type) => {
      wired.simulator.inject({ fault });
      const client = wired.client();
      const stream = await client.chat.createStream(QUESTION);
      const { items, error } = await readAll(stream);
      expect(items).toHaveLength(2);
      expect(error).toBeInstanceOf(type);
      expect(await failure(stream.finalCompletion())).toBe(error);
      expect(wired.simulator.requests).toHaveLength(1);
    },
  );

  it.each(BROKEN)('gives what came: conversation %s', async (_what, fault, type) => {
    wired.simulator.inject({ fault });
    const stream = await wired.client().conversations.startStream(ASKED);
    const { items, error } = await readAll(stream);
    expect(items).toHaveLength(2);
    expect(error).toBeInstanceOf(type);
    expect(await failure(stream.finalResponse())).toBe(error);
    expect(wired.simulator.requests).toHaveLength(1);
  });

  it.each(['chat', 'conversation'])('before its first event is begun again: %s', async (kind) => {
    const { simulator } = wired;
    const client = wired.client();
    simulator.inject({ times: 1, fault: { errorEvent: { afterEvents: 0, error: CAPACITY } } });
    const stream =
      kind === 'chat'
        ? await client.chat.createStream(QUESTION)
        : await client.conversations.startStream(ASKED);
    const { items, error } = await readAll<unknown>(stream);
    expect(error).toBeUndefined();
    expect(items.length).toBeGreaterThan(2);
    expect(simulator.requests).toHaveLength(2);
  });

  it('has given all but its end mark: it is not whole for that', async () => {
    wired.simulator.inject({ fault: { omitDone: true } });
    const client = wired.client();
    const chat = await client.chat.createStream(QUESTION);
    const conversation = await client.conversations.startStream(ASKED);
    for (const stream of [chat, conversation]) {
      const { items, error } = await readAll<unknown>(stream);
      expect(items.length).toBeGreaterThan(2);
      expect(error).toBeInstanceOf(StreamTruncatedError);
    }
  });
});

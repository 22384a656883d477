import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  QuotaExhaustedError,
  RateLimitError,
} from '@integrations/errors';
import { attemptsOf } from '@integrations/retry';
import type { Fault } from '@integrations/simulator';
import { TestMetrics } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  collectText,
  connect,
  failure,
  FAST,
  QUESTION,
  type Wired,
} from './resilience.test.support.ts';

let wired: Wired;

beforeAll(async () => {
  wired = await connect();
});

afterAll(async () => {
  await wired[Symbol.asyncDispose]();
});

beforeEach(() => {
  wired.simulator.clearFaults();
  wired.simulator.clearRequests();
});

describe('a failed attempt is repeated', () => {
  it.each<[string, Fault]>([
    ['500', { status: 500 }],
    ['502', { status: 502, body: 'html' }],
    ['503', { status: 503 }],
    ['504', { status: 504, body: 'empty' }],
    ['429', { status: 429 }],
    ['409', { status: 409 }],
    ['408', { status: 408 }],
    ['a connection reset before the head', { reset: 'beforeHeaders' }],
    ['a connection reset after the head', { reset: 'afterHeaders' }],
    ['an `x-should-retry: true`', { status: 400, headers: { 'x-should-retry': 'true' } }],
  ])('after %s', async (_name, fault) => {
    const { client, simulator } = wired.with({});
    simulator.inject({ times: 2, fault });
    const completion = await client.chat.create(QUESTION);
    expect(completion.choices).toHaveLength(1);
    expect(simulator.requests).toHaveLength(3);
    await client.close();
  });

  it('after an attempt that took too long', async () => {
    const { client, simulator } = wired.with({ timeout: 500 });
    simulator.inject({ times: 1, fault: { latencyMs: 60_000 } });
    expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
    expect(simulator.requests).toHaveLength(2);
    await client.close();
  });

  it.each([0, 1, 3])('with `maxRetries: %d` that often at most', async (maxRetries) => {
    const { client, simulator } = wired.with({ maxRetries });
    simulator.inject({ fault: { status: 500 } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toMatchObject({ code: 'server', status: 500 });
    expect(simulator.requests).toHaveLength(maxRetries + 1);
    await client.close();
  });

  it('as often as the call says, not the client', async () => {
    const { client, simulator } = wired.with({ maxRetries: 3, circuitBreaker: false });
    simulator.inject({ fault: { status: 500 } });
    await failure(client.chat.create(QUESTION, { maxRetries: 0 }));
    expect(simulator.requests).toHaveLength(1);
    await failure(client.models.list({ maxRetries: 1 }));
    expect(simulator.requests).toHaveLength(3);
    await client.close();
  });

  it('with the same idempotency key and body, and a key that is asked for anew', async () => {
    let asked = 0;
    const metrics = new TestMetrics();
    const { client, simulator } = wired.with({
      metrics,
      apiKey: () => {
        asked += 1;
        return 'test-key';
      },
    });
    simulator.inject({ times: 2, fault: { status: 503 } });
    await client.chat.create(QUESTION, { idempotencyKey: 'once' });
    const { requests } = simulator;
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'once',
      'once',
      'once',
    ]);
    expect(requests[2]?.body).toEqual(requests[0]?.body);
    expect(asked).toBe(3);
    expect(metrics.value('openai_retries_total', { endpoint: 'chat', reason: 'overloaded' })).toBe(
      2,
    );
    expect(metrics.value('openai_requests_total', { endpoint: 'chat', status: 'ok' })).toBe(1);
    await client.close();
  });

  it('and the final error tells of all attempts', async () => {
    const { client, simulator } = wired.with({});
    simulator.inject({ times: 2, fault: { status: 503 } });
    simulator.inject({ skip: 0, fault: { status: 500 } });
    const error = await failure(client.chat.create(QUESTION));
    const attempts = attemptsOf(error);
    expect(attempts.map((attempt) => (attempt.error as { status?: number }).status)).toEqual([
      503, 503, 500,
    ]);
    expect(attempts.at(-1)).toMatchObject({ error, stopped: 'policy' });
    expect(Object.keys(error as object)).not.toContain('attempts');
    await client.close();
  });
});

describe('a failed attempt is final', () => {
  it.each<[string, Fault, unknown]>([
    ['400', { status: 400 }, BadRequestError],
    ['401', { status: 401 }, AuthenticationError],
    ['404', { status: 404 }, NotFoundError],
    [
      'an empty account',
      { status: 429, error: { code: 'insufficient_quota' }, retryAfterMs: 5 },
      QuotaExhaustedError,
    ],
    [
      'an `x-should-retry: false`',
      { status: 429, headers: { 'x-should-retry': 'false' } },
      RateLimitError,
    ],
  ])('with %s', async (_name, fault, type) => {
    const { client, simulator } = wired.with({});
    simulator.inject({ fault });
    expect(await failure(client.chat.create(QUESTION))).toBeInstanceOf(type);
    expect(simulator.requests).toHaveLength(1);
    await client.close();
  });

  it('when the server asks for more than two minutes, with its hint, and the next call is made', async () => {
    const { client, simulator } = wired.with({});
    simulator.inject({ times: 1, fault: { status: 429, retryAfter: 3600 } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(attemptsOf(error)).toMatchObject([{ stopped: 'retry_after' }]);
    expect(simulator.requests).toHaveLength(1);
    expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
    await client.close();
  });

  it('with `retry: false`', async () => {
    const { client, simulator } = wired.with({ retry: false });
    simulator.inject({ fault: { status: 500 } });
    await failure(client.chat.create(QUESTION, { maxRetries: 5 }));
    expect(simulator.requests).toHaveLength(1);
    await client.close();
  });
});

describe('the wait between attempts', () => {
  it.each([429, 503])('is never less than a %d asks for', async (status) => {
    const delays: number[] = [];
    const { client, simulator } = wired.with({
      retry: { ...FAST, onRetry: ({ delayMs }) => delays.push(delayMs) },
    });
    simulator.inject({ times: 2, fault: { status, retryAfterMs: 150 } });
    await client.chat.create(QUESTION);
    expect(delays).toHaveLength(2);
    for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(150);
    const [first, second, third] = simulator.requests;
    // Both ends by the server's own clock; it is whole milliseconds.
    expect((second?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(149);
    expect((third?.startedAt ?? 0) - (second?.startedAt ?? 0)).toBeGreaterThanOrEqual(149);
    await client.close();
  });

  it('ends at once with an abort, and no further request is made', async () => {
    const controller = new AbortController();
    const { client, simulator } = wired.with({
      retry: {
        initialDelay: '1h',
        maxDelay: '1h',
        jitter: 'none',
        onRetry: () => setImmediate(() => controller.abort('enough')),
      },
    });
    simulator.inject({ fault: { status: 500 } });
    const error = await failure(client.chat.create(QUESTION, { signal: controller.signal }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: 'enough' });
    expect(attemptsOf(error)).toMatchObject([{ stopped: 'aborted' }]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await simulator.waitForIdle();
    expect(simulator.requests).toHaveLength(1);
    await client.close();
  });

  it('is not begun where the total timeout would pass in it', async () => {
    const { client, simulator } = wired.with({
      totalTimeout: '30s',
      retry: { initialDelay: '1m', maxDelay: '1m', jitter: 'none' },
    });
    simulator.inject({ fault: { status: 500 } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toMatchObject({ code: 'server' });
    expect(attemptsOf(error)).toMatchObject([{ stopped: 'deadline' }]);
    expect(simulator.requests).toHaveLength(1);
    await client.close();
  });
});

describe('a stream', () => {
  it.each<[string, Fault]>([
    ['an error status', { status: 503 }],
    ['a reset', { reset: 'beforeHeaders' }],
    ['a reset after the head', { reset: 'afterHeaders' }],
    ['an end without an event', { cutMidEvent: 0 }],
    ['an error event before all others', { errorEvent: { afterEvents: 0 } }],
    ['a silence before the first event', { stallAfterEvents: 0 }],
  ])('is opened again after %s', async (_name, fault) => {
    const { client, simulator } = wired.with({ timeout: 1000 });
    simulator.inject({ times: 1, fault });
    expect(await collectText(await client.chat.createStream(QUESTION))).not.toBe('');
    expect(simulator.requests).toHaveLength(2);
    await client.close();
  });

  it.each<[string, Fault]>([
    ['a reset', { resetAfterEvents: 2 }],
    ['an early end', { cutAfterEvents: 2 }],
    ['an error event', { errorEvent: { afterEvents: 2 } }],
  ])('is never opened again after its first event: %s', async (_name, fault) => {
    const { client, simulator } = wired.with({});
    simulator.inject({ fault });
    await failure(collectText(await client.chat.createStream(QUESTION)));
    await simulator.waitForIdle();
    expect(simulator.requests).toHaveLength(1);
    await client.close();
  });
});

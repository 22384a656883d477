import { getEventListeners } from 'node:events';
import { createCircuitBreaker } from '@integrations/circuit-breaker';
import { CircuitOpenError, ConfigurationError, type IntegrationError } from '@integrations/errors';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { createSimulator } from '@integrations/simulator';
import { MockBulkhead, MockRateLimiter, TestLogger, TestMetrics } from '@integrations/testing';
import { type Clock, systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { createOpenAIClient } from './client.ts';
import type { OpenAIClientOptions } from './options.ts';
import { collectText, connect, failure, QUESTION } from './resilience.test.support.ts';

const TEXT = { model: 'text-embedding-3-small', input: 'a ledger' } as const;

/** The system's clock, with a time that a test can move on at once. */
class MovableClock implements Clock {
  #ahead = 0;
  now(): number {
    return systemClock.now() + this.#ahead;
  }
  epoch(): number {
    return systemClock.epoch() + this.#ahead;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms, signal);
  }
  schedule(callback: () => void, ms: number): Disposable {
    return systemClock.schedule(callback, ms);
  }
  skip(ms: number): void {
    this.#ahead += ms;
  }
}

/** Counts what is scheduled and not yet over. */
class CountingClock implements Clock {
  pending = 0;
  now(): number {
    return systemClock.now();
  }
  epoch(): number {
    return systemClock.epoch();
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.pending += 1;
    try {
      await systemClock.sleep(ms, signal);
    } finally {
      this.pending -= 1;
    }
  }
  schedule(callback: () => void, ms: number): Disposable {
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.pending -= 1;
      isOver = true;
    };
    this.pending += 1;
    const timer = systemClock.schedule(() => {
      end();
      callback();
    }, ms);
    return {
      [Symbol.dispose]: () => {
        end();
        timer[Symbol.dispose]();
      },
    };
  }
}

describe('the circuit breaker', () => {
  it('opens for one endpoint, refuses at once, and closes again', async () => {
    const metrics = new TestMetrics();
    const logger = new TestLogger();
    const clock = new MovableClock();
    await using wired = await connect();
    const { client, simulator } = wired.with({
      clock,
      metrics,
      logger,
      maxRetries: 0,
      circuitBreaker: { failureThreshold: 3, openDuration: '20s', successThreshold: 2 },
    });
    const chat = simulator.inject({ match: { path: '/v1/chat/*' }, fault: { status: 503 } });
    for (let call = 0; call < 3; call += 1) await failure(client.chat.create(QUESTION));
    const refused = await failure(client.chat.create(QUESTION));
    expect(refused).toBeInstanceOf(CircuitOpenError);
    expect((refused as IntegrationError).retryAfterMs).toBeGreaterThan(0);
    expect((refused as IntegrationError).retryAfterMs).toBeLessThanOrEqual(20_000);
    expect(await failure(client.chat.createStream(QUESTION))).toBeInstanceOf(CircuitOpenError);
    expect(simulator.requests).toHaveLength(3);

    expect((await client.embeddings.create(TEXT)).data).toHaveLength(1);

    clock.skip(20_000);
    chat.remove();
    await client.chat.create(QUESTION);
    expect(await collectText(await client.chat.createStream(QUESTION))).not.toBe('');
    await client.chat.create(QUESTION);
    expect(metrics.value('openai_circuit_breaker_state', { endpoint: 'chat' })).toBe(0);
    expect(logger.messages().filter((line) => line.startsWith('Circuit breaker'))).toEqual([
      'Circuit breaker open',
      'Circuit breaker half-open',
      'Circuit breaker closed',
    ]);
    await client.close();
  });

  it('counts streams that break after their first event', async () => {
    await using wired = await connect();
    const { client, simulator } = wired.with({ circuitBreaker: { failureThreshold: 2 } });
    simulator.inject({ fault: { resetAfterEvents: 1 } });
    for (let call = 0; call < 2; call += 1) {
      await failure(collectText(await client.chat.createStream(QUESTION)));
    }
    expect(await failure(client.chat.createStream(QUESTION))).toBeInstanceOf(CircuitOpenError);
    expect(simulator.requests).toHaveLength(2);
    await client.close();
  });

  it('may be an own one, for all endpoints', async () => {
    await using wired = await connect();
    const circuitBreaker = createCircuitBreaker({ failureThreshold: 1 });
    const { client, simulator } = wired.with({ circuitBreaker, maxRetries: 0 });
    simulator.inject({ times: 1, fault: { status: 500 } });
    await failure(client.chat.create(QUESTION));
    expect(circuitBreaker.state).toBe('open');
    expect(await failure(client.models.list())).toBeInstanceOf(CircuitOpenError);
    circuitBreaker.reset();
    expect((await client.models.list()).data.length).toBeGreaterThan(0);
    expect(circuitBreaker.statistics().totals).toMatchObject({ successes: 1, failures: 1 });
    await client.close();
  });

  it('may be none', async () => {
    await using wired = await connect();
    const { client, simulator } = wired.with({ circuitBreaker: false, maxRetries: 0 });
    simulator.inject({ fault: { status: 500 } });
    for (let call = 0; call < 30; call += 1) await failure(client.chat.create(QUESTION));
    expect(simulator.requests).toHaveLength(30);
    await client.close();
  });
});

describe('an own', () => {
  it('retry executor decides instead of `maxRetries`', async () => {
    await using wired = await connect();
    const retry = createRetryExecutor(
      new ExponentialBackoff({ maxAttempts: 5, initialDelay: 1, maxDelay: 1 }),
    );
    const { client, simulator } = wired.with({ retry, maxRetries: 0, circuitBreaker: false });
    simulator.inject({ fault: { status: 500 } });
    await failure(client.chat.create(QUESTION));
    expect(simulator.requests).toHaveLength(5);
    await client.close();
  });

  it('rate limiter is asked for every attempt, taught by every answer, and settled', async () => {
    await using wired = await connect();
    const rateLimit = new MockRateLimiter();
    const { client, simulator } = wired.with({ rateLimit });
    simulator.inject({ times: 1, fault: { status: 429, retryAfterMs: 5 } });
    const { usage } = await client.chat.create({ ...QUESTION, max_completion_tokens: 100 });
    expect(rateLimit.permits).toHaveLength(2);
    expect(rateLimit.permits[0]?.settled).toEqual([]);
    expect(rateLimit.permits[1]?.settled).toEqual([{ tokens: usage?.total_tokens }]);
    expect(rateLimit.permits[0]?.request.tokens).toBeGreaterThanOrEqual(100);
    expect(rateLimit.updates.map(({ requests }) => requests?.limit)).toEqual([
      10_000,
      undefined,
      10_000,
    ]);
    expect(rateLimit.updates[1]).toEqual({ retryAfterMs: 5 });
    const [first, , second] = rateLimit.updates;
    expect(second?.sentAt ?? 0).toBeGreaterThan(first?.sentAt ?? 0);
    await client.close();
  });

  it('bulkhead holds a stream’s place until it is read', async () => {
    await using wired = await connect();
    const concurrency = new MockBulkhead();
    const { client } = wired.with({ concurrency });
    const stream = await client.chat.createStream(QUESTION);
    expect(concurrency.inFlight).toBe(1);
    await collectText(stream);
    expect(concurrency.inFlight).toBe(0);
    await client.close();
  });
});

describe('the rate limiter', () => {
  it('learns the server’s limits, so that of many calls at once all succeed', async () => {
    await using simulator = await createSimulator({
      apiKeys: ['test-key'],
      requestsPerMinute: 20,
      enforceRateLimits: true,
    });
    await using client = createOpenAIClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      rateLimit: { requestsPerMinute: 1000 },
    });
    await client.chat.create(QUESTION);
    const calls = Array.from({ length: 19 }, () => client.chat.create(QUESTION));
    const answers = await Promise.all(calls);
    expect(answers.every(({ choices }) => choices.length === 1)).toBe(true);
    const refused = simulator.requests.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(0);
    // The 21st must wait: nothing of it reaches the server.
    const controller = new AbortController();
    const waiting = failure(client.chat.create(QUESTION, { signal: controller.signal }));
    await simulator.waitForIdle();
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'aborted' });
    expect(simulator.requests).toHaveLength(20);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

describe('concurrency', () => {
  it('is never exceeded at the server, open streams included', async () => {
    let inFlight = 0;
    let most = 0;
    await using wired = await connect({ latencyMs: 5, eventGapMs: 2 });
    const { simulator } = wired;
    const { client } = wired.with({ concurrency: 2 });
    const timer = setInterval(() => {
      inFlight = simulator.requests.filter(({ endedAt }) => endedAt === undefined).length;
      most = Math.max(most, inFlight);
    }, 1);
    await Promise.all(
      Array.from({ length: 12 }, async (_, call) => {
        if (call % 2 === 0) return client.chat.create(QUESTION);
        return collectText(await client.chat.createStream(QUESTION));
      }),
    );
    clearInterval(timer);
    expect(simulator.requests).toHaveLength(12);
    expect(most).toBe(2);
    await client.close();
  });

  it('is held by streams that nobody reads, and freed when they are left', async () => {
    await using wired = await connect();
    const { client, simulator } = wired.with({ concurrency: 2 });
    simulator.inject({ times: 2, fault: { stallAfterEvents: 1 } });
    const [first, second] = await Promise.all([
      client.chat.createStream(QUESTION),
      client.chat.createStream(QUESTION),
    ]);
    const third = client.chat.create(QUESTION);
    const controller = new AbortController();
    const fourth = failure(client.chat.create(QUESTION, { signal: controller.signal }));
    controller.abort();
    expect(await fourth).toMatchObject({ code: 'aborted' });
    expect(simulator.requests).toHaveLength(2);
    first.cancel();
    expect((await third).choices).toHaveLength(1);
    second.cancel();
    expect(simulator.requests).toHaveLength(3);
    await client.close();
  });

  it('is freed by a stream of which only the response was wanted', async () => {
    await using wired = await connect();
    const { client, simulator } = wired.with({ concurrency: 1 });
    simulator.inject({ times: 1, fault: { stallAfterEvents: 1 } });
    expect((await client.chat.createStream(QUESTION).asResponse()).status).toBe(200);
    expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
    await client.close();
  });
});

describe('afterwards', () => {
  it('there is no listener, timer or socket left, however the calls ended', async () => {
    await using wired = await connect();
    const clock = new CountingClock();
    const { client, simulator } = wired.with({ clock, concurrency: 3, totalTimeout: '50s' });
    simulator.inject({ every: 3, times: 6, fault: { status: 503 } });
    const controller = new AbortController();
    const { signal } = controller;
    await Promise.allSettled(
      Array.from({ length: 12 }, async (_, call) => {
        if (call % 3 === 0) return client.chat.create(QUESTION, { signal });
        const stream = await client.chat.createStream(QUESTION, { signal });
        if (call % 3 === 1) return collectText(stream);
        stream.cancel();
        return stream.state;
      }),
    );
    simulator.clearFaults();
    simulator.inject({ fault: { latencyMs: 60_000 } });
    const aborted = Array.from({ length: 6 }, () =>
      failure(client.chat.create(QUESTION, { signal })),
    );
    controller.abort();
    for (const error of await Promise.all(aborted))
      expect(error).toMatchObject({ code: 'aborted' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await client.close();
    await expect.poll(() => clock.pending).toBe(0);
    await expect.poll(() => simulator.openSockets).toBe(0);
  });
});

describe('settings that cannot be', () => {
  it.each<[string, OpenAIClientOptions]>([
    ['maxRetries', { maxRetries: -1 }],
    ['concurrency', { concurrency: 0.5 }],
    ['openDuration', { circuitBreaker: { openDuration: 0 } }],
    ['requestsPerMinute', { rateLimit: { requestsPerMinute: -1 } }],
    ['maxDelay', { retry: { maxDelay: -1 } }],
  ])('fail the making of the client, which names `%s`', (option, settings) => {
    const make = (): unknown => createOpenAIClient({ apiKey: 'test-key', ...settings });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(new RegExp(`\\b${option}\\b`));
  });
});

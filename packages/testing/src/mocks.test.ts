import { getEventListeners } from 'node:events';
import { DeadlineError, QueueFullError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { MockBulkhead } from './mock-bulkhead.ts';
import { MockCircuitBreaker } from './mock-circuit-breaker.ts';
import { MockRateLimiter } from './mock-rate-limiter.ts';
import { MockRetryExecutor } from './mock-retry-executor.ts';

function failing(times: number): () => Promise<string> {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw new Error(`${left} failures left`);
    return 'done';
  };
}

describe('MockRetryExecutor', () => {
  it('makes one attempt unless told otherwise', async () => {
    const executor = new MockRetryExecutor();
    await expect(executor.execute(failing(1))).rejects.toThrow('0 failures left');
    expect(executor.attempts).toEqual([
      { attempt: 1, succeeded: false, error: new Error('0 failures left') },
    ]);
  });

  it('repeats as often as scripted, without time, and records', async () => {
    const executor = new MockRetryExecutor({ retries: 2 });
    const seen: number[] = [];
    const operation = failing(2);
    const result = executor.execute(({ attempt }) => {
      seen.push(attempt);
      return operation();
    });
    expect(await result).toBe('done');
    expect(seen).toEqual([1, 2, 3]);
    expect(executor.attempts.map(({ succeeded }) => succeeded)).toEqual([false, false, true]);
    await expect(executor.execute(failing(3))).rejects.toThrow('0 failures left');
    expect(executor.executions).toHaveLength(2);
    executor.clear();
    expect(executor.attempts).toEqual([]);
  });

  it('asks a policy, and records its delays without waiting', async () => {
    const policy = {
      shouldRetry: (attempt: number) => attempt < 3,
      calculateDelay: (attempt: number) => attempt * 60_000,
    };
    const executor = new MockRetryExecutor({ policy });
    await expect(executor.execute(failing(9))).rejects.toThrow('6 failures left');
    expect(executor.executions[0]?.delays).toEqual([60_000, 120_000]);
  });

  it('passes the signal on and begins no attempt once it is aborted', async () => {
    const executor = new MockRetryExecutor({ retries: 5 });
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('enough');
    const running = executor.execute(
      async (attempt) => {
        expect(attempt.signal).toBe(signal);
        controller.abort(reason);
        throw new Error('failed');
      },
      { signal },
    );
    await expect(running).rejects.toBe(reason);
    expect(executor.attempts).toHaveLength(1);
    expect(executor.executions[0]?.options).toEqual({ signal });
  });

  it('heeds a deadline only by a clock', async () => {
    const clock = new ManualClock({ start: 10 });
    const options = { deadline: 9 };
    const timed = new MockRetryExecutor({ clock }).execute(failing(0), options);
    await expect(timed).rejects.toBeInstanceOf(DeadlineError);
    const executor = new MockRetryExecutor({ clock });
    expect(await executor.execute(failing(0), { deadline: 10 })).toBe('done');
    const untimed = new MockRetryExecutor();
    expect(await untimed.execute(failing(0), options)).toBe('done');
    expect(untimed.executions[0]?.options).toEqual(options);
  });

  it.each([-1, 1.5, Number.NaN])('refuses %d retries', (retries) => {
    expect(() => new MockRetryExecutor({ retries })).toThrow(RangeError);
  });
});

describe.each([
  ['MockRateLimiter', () => new MockRateLimiter()],
  ['MockBulkhead', () => new MockBulkhead()],
] as const)('%s', (_name, create) => {
  it('lets every call through and records what it asked', async () => {
    const mock = create();
    const request = { priority: 2 };
    await mock.acquire(request);
    mock.tryAcquire();
    expect(mock.requests).toEqual([request, {}]);
    expect(mock.permits.map((permit) => permit.request)).toEqual([request, {}]);
  });

  it('refuses when told to, until told otherwise', async () => {
    const mock = create();
    mock.refuse();
    await expect(mock.acquire()).rejects.toBeInstanceOf(QueueFullError);
    expect(mock.tryAcquire()).toBeUndefined();
    const error = new Error('mine');
    mock.refuse(error);
    await expect(mock.acquire()).rejects.toBe(error);
    mock.permit();
    await mock.acquire();
    expect(mock.requests).toHaveLength(4);
    expect(mock.permits).toHaveLength(1);
  });

  it('holds calls when told to, and lets the longest waiting in', async () => {
    const mock = create();
    mock.queue();
    const turns: number[] = [];
    const waiting = [1, 2, 3, 4].map(async (turn) => {
      await mock.acquire({ priority: turn });
      turns.push(turn);
    });
    expect([mock.waiting, mock.tryAcquire()]).toEqual([4, undefined]);
    mock.admit();
    await waiting[0];
    expect(turns).toEqual([1]);
    mock.admit(2);
    await waiting[2];
    expect([turns, mock.waiting]).toEqual([[1, 2, 3], 1]);
    mock.permit();
    await waiting[3];
    expect(mock.waiting).toBe(0);
  });

  it('gives up a wait that is aborted, without a trace', async () => {
    const mock = create();
    mock.queue();
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('enough');
    const waiting = mock.acquire({ signal });
    controller.abort(reason);
    expect(mock.waiting).toBe(0);
    mock.admit();
    await expect(waiting).rejects.toBe(reason);
    expect(mock.permits).toEqual([]);
    mock.permit();
    await expect(mock.acquire({ signal })).rejects.toBe(reason);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('leaves no listener once through', async () => {
    const mock = create();
    const { signal } = new AbortController();
    mock.queue();
    const waiting = mock.acquire({ signal });
    mock.permit();
    await waiting;
    await mock.acquire({ signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('MockRateLimiter', () => {
  it('records settles, releases and updates', async () => {
    const limiter = new MockRateLimiter();
    const permit = await limiter.acquire({ tokens: 50 });
    permit.settle({ tokens: 20 });
    permit.release();
    permit.release();
    limiter.updateLimits({ retryAfterMs: 10 });
    expect(limiter.permits).toMatchObject([
      { request: { tokens: 50 }, settled: [{ tokens: 20 }], releases: 2 },
    ]);
    expect(limiter.updates).toEqual([{ retryAfterMs: 10 }]);
  });

  it('says that no limit is there, or what it is told', () => {
    expect(new MockRateLimiter().available()).toEqual({ requests: Infinity, tokens: Infinity });
    const limiter = new MockRateLimiter({ available: { requests: 1, tokens: 2 } });
    expect(limiter.available()).toEqual({ requests: 1, tokens: 2 });
    limiter.availability = { requests: 0, tokens: 0 };
    expect(limiter.available()).toEqual({ requests: 0, tokens: 0 });
  });
});

describe('MockBulkhead', () => {
  it('records releases and knows what is in flight', async () => {
    const bulkhead = new MockBulkhead();
    const permit = await bulkhead.acquire();
    bulkhead.tryAcquire();
    expect(bulkhead.inFlight).toBe(2);
    permit.release({ latencyMs: 3 });
    permit.release();
    expect(bulkhead.inFlight).toBe(1);
    expect(bulkhead.permits[0]?.releases).toEqual([{ latencyMs: 3 }, undefined]);
  });
});

describe('MockCircuitBreaker', () => {
  it('lets calls through while closed or half open, and records their reports', () => {
    const breaker = new MockCircuitBreaker();
    const error = new Error('failed');
    for (const state of ['closed', 'half_open'] as const) {
      breaker.state = state;
      const permit = breaker.tryAcquire();
      if (permit.allowed) permit.failure(error);
      expect([breaker.isOpen(), breaker.state]).toEqual([false, state]);
    }
    breaker.tryAcquire();
    const [first, second, third] = breaker.permits;
    expect(first?.reports).toEqual([{ outcome: 'failure', error }]);
    expect(breaker.unreported).toEqual([third]);
    third?.success();
    second?.ignore();
    expect(second?.reports).toEqual([{ outcome: 'failure', error }, { outcome: 'ignore' }]);
    expect([breaker.unreported, breaker.rejections]).toEqual([[], 0]);
  });

  it('refuses calls while open', () => {
    const breaker = new MockCircuitBreaker({ state: 'open', retryAfterMs: 5 });
    expect(breaker.isOpen()).toBe(true);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 5 });
    breaker.retryAfterMs = 7;
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 7 });
    expect([breaker.rejections, breaker.permits]).toEqual([2, []]);
  });

  it('records what is told without a permit, and resets', () => {
    const breaker = new MockCircuitBreaker({ state: 'open' });
    breaker.recordSuccess();
    breaker.recordFailure('why');
    breaker.reset();
    expect(breaker.recorded).toEqual([
      { outcome: 'success' },
      { outcome: 'failure', error: 'why' },
    ]);
    expect([breaker.state, breaker.resets]).toEqual(['closed', 1]);
  });
});

import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import {
  AbortedError,
  ConnectionError,
  DeadlineError,
  TotalTimeoutError,
} from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { attemptsOf, createRetryExecutor, ExponentialBackoff, hedge } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type {
  AttemptContext,
  RateLimitRequest,
  RetryExecutionOptions,
  RetryExecutor,
} from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failureOf, pendingWork, record } from './recording-parts.test.support.ts';
import { ResilienceOrchestrator } from './resilience-orchestrator.ts';

const broken = (): Promise<never> => Promise.reject(new ConnectionError('reset'));
const never = (): Promise<never> => new Promise(() => undefined);

function retries(clock: ManualClock, initialDelay: number, maxAttempts = 5): RetryExecutor {
  const policy = new ExponentialBackoff({ maxAttempts, initialDelay, jitter: 'none' });
  return createRetryExecutor(policy, { clock });
}

/** Waits between attempts as somebody's own might: deaf to signal and deadline. */
function deafRetries(clock: ManualClock, delayMs: number): RetryExecutor {
  return {
    async execute<T>(operation: (attempt: AttemptContext) => Promise<T>): Promise<T> {
      try {
        return await operation({ attempt: 1 });
      } catch {
        await clock.sleep(delayMs);
        return operation({ attempt: 2 });
      }
    },
  };
}

describe('the total deadline', () => {
  it('is told to the retry, so no wait outlasts it', async () => {
    const clock = new ManualClock();
    const orchestrator = new ResilienceOrchestrator({
      retry: retries(clock, 100),
      totalTimeout: 250,
      clock,
    });
    const attempts: number[] = [];
    const failed = failureOf(
      orchestrator.execute(({ attempt }) => {
        attempts.push(attempt);
        return broken();
      }),
    );
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(ConnectionError);
    expect(attemptsOf(await failed).at(-1)?.stopped).toBe('deadline');
    expect(attempts).toEqual([1, 2]);
    expect(clock.pending).toBe(0);
  });

  it('is an absolute moment by the same clock', async () => {
    const clock = new ManualClock({ start: 1000 });
    const seen: RetryExecutionOptions[] = [];
    const retry: RetryExecutor = {
      execute: (operation, options = {}) => {
        seen.push(options);
        return operation({ attempt: 1 });
      },
    };
    const orchestrator = new ResilienceOrchestrator({ retry, totalTimeout: 250, clock });
    await orchestrator.execute(async () => 1);
    expect(seen[0]?.deadline).toBe(1250);
    await orchestrator.execute(async () => 1, { totalTimeout: 0 });
    expect(seen[1]).toEqual({});
  });

  it('ends a wait that knows nothing of it', async () => {
    const clock = new ManualClock();
    const retry = deafRetries(clock, 1000);
    const orchestrator = new ResilienceOrchestrator({ retry, totalTimeout: 250, clock });
    let attempts = 0;
    const failed = failureOf(
      orchestrator.execute(() => {
        attempts += 1;
        return broken();
      }),
    );
    await clock.advance(250);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
    await clock.runAll();
    expect(attempts).toBe(1);
  });

  it('ends a wait that falls on the very same moment', async () => {
    const clock = new ManualClock();
    const retry = retries(clock, 100);
    const orchestrator = new ResilienceOrchestrator({ retry, totalTimeout: 100, clock });
    const failed = failureOf(orchestrator.execute(broken));
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
    expect(clock.pending).toBe(0);
  });

  it('covers a second attempt that began in between', async () => {
    const clock = new ManualClock();
    const orchestrator = new ResilienceOrchestrator({
      retry: retries(clock, 10),
      attemptTimeout: 100,
      totalTimeout: 150,
      clock,
    });
    const failed = failureOf(orchestrator.execute(never));
    await clock.advance(149);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
    expect(attemptsOf(await failed)).toMatchObject([
      { error: { code: 'attempt_timeout' } },
      { error: { code: 'total_timeout' } },
    ]);
  });

  it('is the reason even if a queue that keeps it was a moment earlier', async () => {
    const clock = new ManualClock();
    const { rateLimiter } = record();
    rateLimiter.tryAcquire = () => undefined;
    rateLimiter.acquire = async (request?: RateLimitRequest) => {
      await clock.sleep((request?.deadline ?? 0) - clock.now());
      throw new DeadlineError('The wait is over.');
    };
    const orchestrator = new ResilienceOrchestrator({ rateLimiter, totalTimeout: 100, clock });
    const failed = failureOf(orchestrator.execute(async () => 1));
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
  });

  it('gives every attempt its own time', async () => {
    const clock = new ManualClock();
    const retry = retries(clock, 10, 3);
    const orchestrator = new ResilienceOrchestrator({ retry, attemptTimeout: 100, clock });
    const begun: number[] = [];
    const failed = failureOf(
      orchestrator.execute(() => {
        begun.push(clock.now());
        return never();
      }),
    );
    await clock.runAll();
    await failed;
    expect(begun).toEqual([0, 110, 230]);
    expect(clock.now()).toBe(330);
  });

  it.each(['limiter', 'semaphore'])('in the queue of a %s loses no other waiter', async (part) => {
    const clock = new ManualClock();
    const bulkhead = new Semaphore({ limit: 1, clock });
    const rateLimiter = createRateLimiter({ requestsPerMinute: 1, clock });
    const orchestrator = new ResilienceOrchestrator({
      clock,
      ...(part === 'limiter' ? { rateLimiter } : { bulkhead }),
    });
    const first = pendingWork<number>();
    const running = orchestrator.execute(() => first.promise);
    const late = failureOf(orchestrator.execute(async () => 2, { totalTimeout: 50_000 }));
    const patient = orchestrator.execute(async () => 3);
    await clock.advance(50_000);
    // The limiter says at once that waiting is useless; both ways the call has ended.
    expect(await late).toMatchObject({
      code: part === 'limiter' ? 'deadline_exceeded' : 'total_timeout',
    });
    first.resolve(1);
    await clock.advance(10_000);
    expect(await Promise.all([running, patient])).toEqual([1, 3]);
    expect(clock.pending).toBe(0);
  });
});

describe("the caller's signal", () => {
  it('names the call, and tells of the attempts', async () => {
    const clock = new ManualClock();
    const orchestrator = new ResilienceOrchestrator({ retry: retries(clock, 100), clock });
    const controller = new AbortController();
    const failed = failureOf(
      orchestrator.execute(broken, { signal: controller.signal, label: 'acme ask' }),
    );
    await clock.advance(150);
    controller.abort('enough');
    const error = await failed;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({
      message: 'acme ask was aborted by its caller.',
      cause: 'enough',
    });
    expect(attemptsOf(error)).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('tells of the attempts when it ends one under way', async () => {
    const clock = new ManualClock();
    const orchestrator = new ResilienceOrchestrator({ retry: retries(clock, 100), clock });
    const controller = new AbortController();
    const failed = failureOf(
      orchestrator.execute((attempt) => (attempt.attempt === 1 ? broken() : never()), {
        signal: controller.signal,
      }),
    );
    await clock.advance(100);
    controller.abort();
    expect(attemptsOf(await failed)).toHaveLength(2);
  });

  it('has one listener for all attempts, and none in the end', async () => {
    const clock = new ManualClock();
    const orchestrator = new ResilienceOrchestrator({ retry: retries(clock, 10), clock });
    const { signal } = new AbortController();
    const counts: number[] = [];
    const failed = failureOf(
      orchestrator.execute(
        () => {
          counts.push(getEventListeners(signal, 'abort').length);
          return broken();
        },
        { signal },
      ),
    );
    await clock.runAll();
    await failed;
    expect(counts).toEqual([1, 1, 1, 1, 1]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('an executor that lets attempts race', () => {
  it('ends the loser, which is no failure of the service, and gives everything back', async () => {
    const clock = new ManualClock();
    const parts = record();
    const retry: RetryExecutor = {
      execute: (operation, options) => hedge(operation, { delay: 10, clock, ...options }),
    };
    const orchestrator = new ResilienceOrchestrator({ ...parts, retry, clock });
    const signals: (AbortSignal | undefined)[] = [];
    const running = orchestrator.execute(async ({ attempt, signal }) => {
      signals.push(signal);
      await clock.sleep(attempt === 1 ? 1000 : 5, signal);
      return attempt;
    });
    await clock.advance(15);
    expect(await running).toBe(2);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
    expect(parts.log.slice(-4).toSorted()).toEqual([
      'bulkhead released',
      'bulkhead released',
      'ignore',
      'success',
    ]);
    expect(clock.pending).toBe(0);
  });

  it('may end an attempt by a signal of its own, and begin another', async () => {
    const parts = record();
    const { signal: kept } = new AbortController();
    const controller = new AbortController();
    const retry: RetryExecutor = {
      execute: async (operation) => {
        const first = failureOf(operation({ attempt: 1, signal: controller.signal }));
        controller.abort('slow');
        expect(await first).toMatchObject({ code: 'aborted', cause: 'slow' });
        await expect(operation({ attempt: 2, signal: controller.signal })).rejects.toThrow();
        return operation({ attempt: 3, signal: kept });
      },
    };
    const orchestrator = new ResilienceOrchestrator({ ...parts, retry });
    const begun: number[] = [];
    const result = await orchestrator.execute(({ attempt }) => {
      begun.push(attempt);
      return attempt === 1 ? never() : Promise.resolve(attempt);
    });
    expect(result).toBe(3);
    expect(begun).toEqual([1, 3]);
    expect(parts.log.filter((entry) => entry === 'ignore')).toHaveLength(1);
    expect(getEventListeners(kept, 'abort')).toHaveLength(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('has all of them ended by the total timeout', async () => {
    const clock = new ManualClock();
    const parts = record();
    const retry: RetryExecutor = {
      execute: (operation, options) => hedge(operation, { delay: 10, clock, ...options }),
    };
    const orchestrator = new ResilienceOrchestrator({ ...parts, retry, totalTimeout: 50, clock });
    const failed = failureOf(orchestrator.execute(({ signal }) => clock.sleep(1000, signal)));
    await clock.advance(50);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
    const failures = parts.log.filter((entry) => entry === 'failure TotalTimeoutError');
    expect(failures).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('leaves nothing running that it has forgotten', async () => {
    const clock = new ManualClock();
    const parts = record();
    const retry: RetryExecutor = {
      execute: (operation) => {
        const second = async (): Promise<never> => never();
        return Promise.any([operation({ attempt: 1 }), operation({ attempt: 2 }), second()]);
      },
    };
    const orchestrator = new ResilienceOrchestrator({ ...parts, retry, attemptTimeout: 90, clock });
    const running = orchestrator.execute(({ attempt, signal }) =>
      clock.sleep(attempt * 10, signal).then(() => attempt),
    );
    await clock.advance(10);
    expect(await running).toBe(1);
    expect(clock.pending).toBe(0);
    expect(parts.log.slice(-3)).toEqual(['bulkhead released', 'ignore', 'bulkhead released']);
  });
});

describe('an executor that breaks', () => {
  it('rejects what it throws, and ends a stream that nobody will be given', async () => {
    const parts = record();
    const retry: RetryExecutor = {
      async execute(operation) {
        await operation({ attempt: 1 });
        throw new RangeError('after the success');
      },
    };
    const orchestrator = new ResilienceOrchestrator({ ...parts, retry });
    let inner: AbortSignal | undefined;
    const running = orchestrator.execute(async ({ signal, keepOpen }) => {
      inner = signal;
      return keepOpen?.();
    });
    await expect(running).rejects.toThrow('after the success');
    expect(parts.log.slice(-2)).toEqual(['success', 'bulkhead released']);
    expect(inner?.aborted).toBe(true);
  });

  it('rejects what it throws at once, and listens to nothing any more', async () => {
    const retry: RetryExecutor = {
      execute: () => {
        throw new RangeError('at once');
      },
    };
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const orchestrator = new ResilienceOrchestrator({ retry, totalTimeout: 10, clock });
    await expect(orchestrator.execute(never, { signal })).rejects.toThrow('at once');
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('cannot begin an attempt after the end', async () => {
    let again: () => Promise<unknown> = never;
    const retry: RetryExecutor = {
      execute: (operation) => {
        again = () => operation({ attempt: 2 });
        return operation({ attempt: 1 });
      },
    };
    const orchestrator = new ResilienceOrchestrator({ retry });
    let attempts = 0;
    await orchestrator.execute(async () => {
      attempts += 1;
    });
    await expect(again()).rejects.toThrow(AbortedError);
    expect(attempts).toBe(1);
  });
});

describe("the caller's async context", () => {
  it('is that of its own operation, after every queue and wait', async () => {
    const clock = new ManualClock();
    const store = new AsyncLocalStorage<number>();
    const orchestrator = new ResilienceOrchestrator({
      retry: retries(clock, 100),
      rateLimiter: createRateLimiter({ requestsPerMinute: 2, clock }),
      bulkhead: new Semaphore({ limit: 1, clock }),
      attemptTimeout: 50_000,
      clock,
    });
    const seen: [number, number | undefined][] = [];
    const call = (caller: number): Promise<void> =>
      store.run(caller, () =>
        orchestrator.execute(async ({ attempt }) => {
          seen.push([caller, store.getStore()]);
          await clock.sleep(10);
          seen.push([caller, store.getStore()]);
          if (attempt === 1) throw new ConnectionError('reset');
        }),
      );
    const running = Promise.all([1, 2, 3, 4].map(call));
    await clock.runAll();
    await running;
    expect(seen).toHaveLength(16);
    for (const [caller, found] of seen) expect(found).toBe(caller);
  });
});

import {
  AbortedError,
  AttemptTimeoutError,
  CircuitOpenError,
  ConnectionError,
  TotalTimeoutError,
} from '@integrations/errors';
import { AdaptiveConcurrency } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type { AttemptContext, ExecutionOptions, RetryExecutor } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failureOf, pendingWork, record, type Recording } from './recording-parts.test.support.ts';
import { ResilienceOrchestrator, type ResilienceOptions } from './resilience-orchestrator.ts';

interface Rig extends Recording {
  readonly clock: ManualClock;
  readonly execute: <T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: ExecutionOptions,
  ) => Promise<T>;
}

function rig(options: Partial<ResilienceOptions> = {}): Rig {
  const clock = new ManualClock();
  const parts = record();
  const orchestrator = new ResilienceOrchestrator({ ...parts, clock, ...options });
  return { ...parts, clock, execute: (...call) => orchestrator.execute(...call) };
}

function retries(clock: ManualClock, maxAttempts = 3): RetryExecutor {
  const policy = new ExponentialBackoff({ maxAttempts, initialDelay: 100, jitter: 'none' });
  return createRetryExecutor(policy, { clock });
}

const PASSED = ['peek', 'limiter', 'bulkhead', 'breaker'];

describe('the order of an attempt', () => {
  it('is peek, limiter, bulkhead, breaker, timeout, work', async () => {
    const { log, execute, clock } = rig({ attemptTimeout: 50 });
    await execute(async () => {
      log.push(`work under ${clock.pending} timer`);
    });
    expect(log).toEqual([...PASSED, 'work under 1 timer', 'success', 'bulkhead released']);
    expect(clock.pending).toBe(0);
  });

  it('is passed again by every retry', async () => {
    const clock = new ManualClock();
    const { log, execute } = rig({ clock, retry: retries(clock) });
    const running = execute(async ({ attempt }) => {
      log.push(`work ${attempt}`);
      if (attempt < 3) throw new ConnectionError('reset');
      return attempt;
    });
    await clock.runAll();
    expect(await running).toBe(3);
    const failed = ['failure ConnectionError', 'bulkhead released'];
    const first = [...PASSED, 'work 1', ...failed];
    const second = [...PASSED, 'work 2', ...failed];
    const third = [...PASSED, 'work 3', 'success', 'bulkhead released'];
    expect(log).toEqual([...first, ...second, ...third]);
  });

  it('waits for the limiter, then for the bulkhead, and holds no breaker permit meanwhile', async () => {
    const { log, execute, clock, rateLimiter, bulkhead, circuitBreaker } = rig();
    rateLimiter.isShut = true;
    bulkhead.isShut = true;
    const running = execute(async () => log.push('work'), { priority: 3, cost: { tokens: 7 } });
    await clock.advance(0);
    expect(log).toEqual(['peek', 'limiter queue']);
    rateLimiter.admit();
    await clock.advance(0);
    expect(log).toEqual(['peek', 'limiter queue', 'limiter', 'bulkhead queue']);
    expect(circuitBreaker.unsettled).toBe(0);
    bulkhead.admit();
    await running;
    expect(log.slice(4)).toEqual(['bulkhead', 'breaker', 'work', 'success', 'bulkhead released']);
    expect(rateLimiter.requests[0]).toMatchObject({ priority: 3, tokens: 7 });
    expect(bulkhead.requests[0]).toMatchObject({ priority: 3 });
  });

  it('starts the attempt timeout when the work begins, not while it waits', async () => {
    const { execute, rateLimiter, clock } = rig({ attemptTimeout: 50 });
    rateLimiter.isShut = true;
    const running = failureOf(execute(() => new Promise(() => undefined)));
    await clock.advance(1000);
    expect(clock.pending).toBe(0);
    rateLimiter.admit();
    await clock.advance(49);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await running).toBeInstanceOf(AttemptTimeoutError);
  });
});

describe('a breaker that refuses', () => {
  it('does so before anything is taken when it is open', async () => {
    const { log, execute, circuitBreaker } = rig();
    circuitBreaker.open = true;
    circuitBreaker.refuses = 1234.2;
    const error = await failureOf(execute(async () => log.push('work'), { label: 'acme ask' }));
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ retryAfterMs: 1235, retryable: true });
    expect((error as Error).message).toMatch(/^acme ask was not made/);
    expect(log).toEqual(['peek', 'breaker refuses']);
  });

  it('says that it cannot be retried when it was opened by hand', async () => {
    const { execute, circuitBreaker } = rig();
    circuitBreaker.refuses = Number.POSITIVE_INFINITY;
    const error = await failureOf(execute(async () => 1));
    expect(error).toMatchObject({ code: 'circuit_open', retryable: false });
    expect((error as CircuitOpenError).retryAfterMs).toBeUndefined();
  });

  it('gives the probe back that a peek came by', async () => {
    const { log, execute, circuitBreaker } = rig();
    circuitBreaker.open = true;
    await execute(async () => log.push('work'));
    expect(log.slice(0, 4)).toEqual(['peek', 'breaker', 'ignore', 'limiter']);
  });

  it('costs neither rate limit nor place when it refuses late', async () => {
    const { log, execute, circuitBreaker, bulkhead } = rig();
    circuitBreaker.refuses = 10;
    const error = await failureOf(execute(async () => log.push('work')));
    const given = ['limiter released', 'bulkhead released'];
    expect(log).toEqual(['peek', 'limiter', 'bulkhead', 'breaker refuses', ...given]);
    expect(bulkhead.outcomes).toEqual([{ error }]);
  });

  it('is not asked again by the default policy', async () => {
    const clock = new ManualClock();
    const { log, execute, circuitBreaker } = rig({ clock, retry: retries(clock) });
    circuitBreaker.refuses = 10;
    const failed = failureOf(execute(async () => 1));
    await clock.runAll();
    expect(await failed).toBeInstanceOf(CircuitOpenError);
    expect(log.filter((entry) => entry === 'breaker refuses')).toHaveLength(1);
  });

  it('teaches a bulkhead nothing about latency', async () => {
    const bulkhead = new AdaptiveConcurrency({ mode: 'aimd', initial: 1 });
    const { execute, circuitBreaker } = rig({ bulkhead });
    circuitBreaker.refuses = 10;
    await failureOf(execute(async () => 1));
    expect(bulkhead).toMatchObject({ limit: 1, active: 0 });
  });
});

describe('an attempt that is stopped', () => {
  it.each([
    ['the caller', 'ignore', AbortedError],
    ['the attempt timeout', 'failure AttemptTimeoutError', AttemptTimeoutError],
    ['the total timeout', 'failure TotalTimeoutError', TotalTimeoutError],
  ])('by %s tells the breaker "%s" and keeps its place', async (by, verdict, type) => {
    const { log, execute, clock, bulkhead } = rig({
      ...(by === 'the attempt timeout' ? { attemptTimeout: 10 } : {}),
      ...(by === 'the total timeout' ? { totalTimeout: 10 } : {}),
    });
    const work = pendingWork<string>();
    const controller = new AbortController();
    const failed = failureOf(execute(() => work.promise, { signal: controller.signal }));
    await clock.advance(10);
    if (by === 'the caller') controller.abort();
    const error = await failed;
    expect(error).toBeInstanceOf(type);
    expect(log).toEqual([...PASSED, verdict]);

    await clock.advance(5);
    work.resolve('too late');
    await clock.advance(0);
    expect(log).toEqual([...PASSED, verdict, 'bulkhead released']);
    expect(bulkhead.outcomes).toEqual([{ error, latencyMs: 15 }]);
  });

  it('does not hear of a failure that comes later', async () => {
    const { log, execute, clock, bulkhead } = rig({ attemptTimeout: 10 });
    const work = pendingWork<string>();
    const failed = failureOf(execute(() => work.promise));
    await clock.advance(10);
    const error = await failed;
    work.reject(new ConnectionError('torn down'));
    await clock.advance(0);
    expect(log.slice(4)).toEqual(['failure AttemptTimeoutError', 'bulkhead released']);
    expect(bulkhead.outcomes).toMatchObject([{ error }]);
  });

  it.each(['limiter', 'bulkhead'] as const)(
    'in the queue of a %s that is deaf leaves at once, and gives back what comes late',
    async (part) => {
      const { log, execute, clock, rateLimiter, bulkhead } = rig({ totalTimeout: 10 });
      const gate = part === 'limiter' ? rateLimiter : bulkhead;
      gate.isShut = true;
      const failed = failureOf(execute(async () => log.push('work')));
      await clock.advance(10);
      const error = await failed;
      expect(error).toBeInstanceOf(TotalTimeoutError);
      expect(gate.waiters[0]?.signal?.reason).toBe(error);
      const held = log.filter((entry) => entry === 'limiter').length;
      expect(log.filter((entry) => entry === 'limiter released')).toHaveLength(held);
      gate.admit();
      await clock.advance(0);
      expect(log.at(-1)).toBe(`${part} released`);
      expect(log).not.toContain('work');
      expect(log).not.toContain('breaker');
      expect(log.filter((entry) => entry === 'limiter released')).toHaveLength(1);
    },
  );

  it('by a listener of the breaker does not begin its work', async () => {
    const { log, execute, circuitBreaker } = rig();
    const controller = new AbortController();
    circuitBreaker.onAcquire = () => controller.abort();
    await failureOf(execute(async () => log.push('work'), { signal: controller.signal }));
    expect(log.slice(4).toSorted()).toEqual(['bulkhead released', 'ignore', 'limiter released']);
  });

  it('by its own operation, before the first await, ends as any other', async () => {
    const { log, execute } = rig();
    const controller = new AbortController();
    const failed = failureOf(
      execute(
        async () => {
          controller.abort();
          return 'done';
        },
        { signal: controller.signal },
      ),
    );
    expect(await failed).toBeInstanceOf(AbortedError);
    expect(log).toEqual([...PASSED, 'ignore', 'bulkhead released']);
  });

  it('has an aborted signal for whoever asks late', async () => {
    const { execute, clock } = rig({ attemptTimeout: 10 });
    let context: AttemptContext | undefined;
    const failed = failureOf(
      execute((attempt) => {
        context = attempt;
        return new Promise(() => undefined);
      }),
    );
    await clock.advance(10);
    expect(context?.signal?.reason).toBe(await failed);
  });
});

describe('an attempt that ends by itself', () => {
  it('tells the breaker of a foreign error as it is', async () => {
    const { log, execute } = rig();
    const error = new RangeError('foreign');
    expect(await failureOf(execute(() => Promise.reject(error)))).toBe(error);
    expect(log.slice(4)).toEqual(['failure RangeError', 'bulkhead released']);
  });

  it.each([undefined, null, 'text'])('fails with %s when that is thrown', async (thrown) => {
    const { execute } = rig();
    const work = pendingWork<never>();
    const running = execute(() => work.promise);
    work.reject(thrown);
    await expect(running).rejects.toBe(thrown);
  });

  it('counts an abort of its own for nothing', async () => {
    const { log, execute } = rig();
    await failureOf(execute(() => Promise.reject(new AbortedError('inner'))));
    expect(log.slice(4)).toEqual(['ignore', 'bulkhead released']);
  });

  it('leaves its rate permit to the operation', async () => {
    const { log, execute } = rig();
    await execute(async ({ permit }) => permit?.settle({ tokens: 3 }));
    expect(log.slice(4)).toEqual(['settle', 'success', 'bulkhead released']);
  });

  it('settles its caller even if a part breaks as it is told', async () => {
    const broken = new Error('broken part');
    const { execute } = rig({
      bulkhead: {
        acquire: () => Promise.reject(broken),
        tryAcquire: () => ({
          release: () => {
            throw broken;
          },
        }),
      },
    });
    expect(await failureOf(execute(async () => 1))).toBe(broken);
    expect(await failureOf(execute(() => Promise.reject(new Error('work'))))).toBe(broken);
  });
});

describe('keepOpen', () => {
  async function open({ keepOpen }: AttemptContext): Promise<Disposable> {
    return keepOpen?.() ?? expect.unreachable('there should be a place to keep open');
  }

  it('keeps the place until disposed, once, and tells the time to the answer', async () => {
    const { log, execute, clock, bulkhead } = rig({ attemptTimeout: 500 });
    const running = execute(async (attempt) => {
      await clock.sleep(30);
      return open(attempt);
    });
    await clock.advance(30);
    const stream = await running;
    await clock.advance(1000);
    expect(log.slice(4)).toEqual(['success']);
    stream[Symbol.dispose]();
    stream[Symbol.dispose]();
    expect(log.slice(4)).toEqual(['success', 'bulkhead released']);
    expect(bulkhead.outcomes).toEqual([{ latencyMs: 30 }]);
    expect(clock.pending).toBe(0);
  });

  it('does not free the place before the operation has ended', async () => {
    const { log, execute, clock } = rig();
    const running = execute(async (attempt) => {
      (await open(attempt))[Symbol.dispose]();
      await clock.sleep(10);
    });
    await clock.advance(0);
    expect(log.slice(4)).toEqual([]);
    await clock.advance(10);
    await running;
    expect(log.slice(4)).toEqual(['success', 'bulkhead released']);
  });

  it('waits for everything that was kept open', async () => {
    const { log, execute } = rig();
    const [one, two] = await execute((attempt) => Promise.all([open(attempt), open(attempt)]));
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    expect(log).not.toContain('bulkhead released');
    two[Symbol.dispose]();
    expect(log.slice(4)).toEqual(['success', 'bulkhead released']);
  });

  it('is void where the operation fails, or is stopped: nobody is there to dispose', async () => {
    const { log, execute, clock } = rig({ attemptTimeout: 10 });
    await failureOf(
      execute(async (attempt) => {
        await open(attempt);
        throw new ConnectionError('reset');
      }),
    );
    expect(log.slice(4)).toEqual(['failure ConnectionError', 'bulkhead released']);
    log.length = 0;
    const failed = failureOf(
      execute(async (attempt) => {
        const stream = await open(attempt);
        await clock.sleep(20);
        return stream;
      }),
    );
    await clock.advance(20);
    await failed;
    expect(log.slice(4)).toEqual(['failure AttemptTimeoutError', 'bulkhead released']);
  });

  it('outlives the limits of the execution', async () => {
    const { execute, clock } = rig({ attemptTimeout: 10, totalTimeout: 10 });
    const controller = new AbortController();
    let inner: AbortSignal | undefined;
    await execute(
      (attempt) => {
        inner = attempt.signal;
        return open(attempt);
      },
      { signal: controller.signal },
    );
    await clock.advance(1000);
    controller.abort();
    expect(inner?.aborted).toBe(false);
  });

  it('lets a bulkhead learn from the time to the first byte', async () => {
    const clock = new ManualClock();
    const bulkhead = new AdaptiveConcurrency({ mode: 'gradient', initial: 1, clock });
    const { execute } = rig({ bulkhead, clock });
    for (const readMs of [0, 1000, 5000, 20_000, 60_000, 100_000]) {
      const running = execute(async (attempt) => {
        await clock.sleep(100);
        return open(attempt);
      });
      await clock.advance(100);
      const stream = await running;
      await clock.advance(readMs);
      stream[Symbol.dispose]();
    }
    // The first byte took as long each time, so the limit could grow.
    expect(bulkhead).toMatchObject({ limit: 2, active: 0 });
  });
});

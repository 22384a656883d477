import { AsyncLocalStorage } from 'node:async_hooks';
import { AbortedError, ConnectionError, QueueFullError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff, hedge } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type { AttemptObserver, RetryExecutor } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failureOf, record, type Recording } from './recording-parts.test.support.ts';
import { ResilienceOrchestrator, type ResilienceOptions } from './resilience-orchestrator.ts';

/** Writes all that observers are told into one list; `onTold` is called after each. */
function observing(
  told: string[],
  onTold: (entry: string) => void = () => undefined,
): (attempt: number) => AttemptObserver {
  return (attempt) => {
    const tell = (entry: string): void => {
      told.push(`${attempt}: ${entry}`);
      onTold(entry);
    };
    tell('begins');
    return {
      breakerChecked: (state, allowed) =>
        tell(`breaker ${state} ${allowed ? 'allows' : 'refuses'}`),
      waiting: (queue) => tell(`waits for ${queue}`),
      admitted: (queue, waitedMs) => tell(`${queue} after ${waitedMs} ms`),
      refused: (queue, error) => tell(`${queue} refused ${(error as Error).name}`),
    };
  };
}

interface Rig extends Recording {
  readonly clock: ManualClock;
  readonly orchestrator: ResilienceOrchestrator;
}

function rig(options: Partial<ResilienceOptions> = {}): Rig {
  const clock = new ManualClock();
  const parts = record();
  return {
    ...parts,
    clock,
    orchestrator: new ResilienceOrchestrator({ ...parts, clock, ...options }),
  };
}

function retries(clock: ManualClock): RetryExecutor {
  const policy = new ExponentialBackoff({ maxAttempts: 2, initialDelay: 5, jitter: 'none' });
  return createRetryExecutor(policy, { clock });
}

function hedging(clock: ManualClock): RetryExecutor {
  return {
    execute: (operation, options) => hedge(operation, { delay: 10, clock, ...options }),
  };
}

describe('an observer', () => {
  it('is told what an attempt passes without waiting, before the work', async () => {
    const { orchestrator, log } = rig();
    const told: string[] = [];
    await orchestrator.execute(async () => told.push('work'), {
      observe: observing(told, (entry) => log.push(entry)),
    });
    expect(log.slice(0, 8)).toEqual([
      'begins',
      'peek',
      'breaker closed allows',
      'limiter',
      'rate_limiter after 0 ms',
      'bulkhead',
      'bulkhead after 0 ms',
      'breaker',
    ]);
    expect(told.slice(4)).toEqual(['work']);
  });

  it('is told nothing of parts that are missing', async () => {
    const orchestrator = new ResilienceOrchestrator();
    const told: string[] = [];
    await orchestrator.execute(async () => told.push('work'), { observe: observing(told) });
    expect(told).toEqual(['1: begins', 'work']);
  });

  it('is told of each wait and how long it was', async () => {
    const { orchestrator, rateLimiter, bulkhead, clock } = rig();
    rateLimiter.isShut = true;
    bulkhead.isShut = true;
    const told: string[] = [];
    const running = orchestrator.execute(async () => undefined, { observe: observing(told) });
    await clock.advance(30);
    rateLimiter.admit();
    await clock.advance(12);
    bulkhead.admit();
    await running;
    expect(told.slice(2)).toEqual([
      '1: waits for rate_limiter',
      '1: rate_limiter after 30 ms',
      '1: waits for bulkhead',
      '1: bulkhead after 12 ms',
    ]);
  });

  it('hears of no wait for a place that is free when the rate limit has been waited for', async () => {
    const { orchestrator, rateLimiter, clock } = rig();
    rateLimiter.isShut = true;
    const told: string[] = [];
    const running = orchestrator.execute(async () => undefined, { observe: observing(told) });
    await clock.advance(30);
    rateLimiter.admit();
    await running;
    expect(told.slice(3)).toEqual(['1: rate_limiter after 30 ms', '1: bulkhead after 0 ms']);
  });

  it('sees the breaker refuse, early and late', async () => {
    const { orchestrator, circuitBreaker } = rig();
    circuitBreaker.refuses = 10;
    const late: string[] = [];
    await failureOf(orchestrator.execute(async () => 1, { observe: observing(late) }));
    expect(late.at(1)).toBe('1: breaker closed allows');
    expect(late.at(-1)).toBe('1: breaker closed refuses');
    circuitBreaker.open = true;
    const early: string[] = [];
    await failureOf(orchestrator.execute(async () => 1, { observe: observing(early) }));
    expect(early).toEqual(['1: begins', '1: breaker closed refuses']);
  });

  it('sees who is turned away, with a wait and without', async () => {
    const clock = new ManualClock();
    const rateLimiter = createRateLimiter({ tokensPerMinute: 10, clock });
    const bulkhead = new Semaphore({ limit: 1, maxQueue: 0, clock });
    const orchestrator = new ResilienceOrchestrator({ rateLimiter, bulkhead, clock });
    const told: string[] = [];
    const observe = observing(told);
    await failureOf(orchestrator.execute(async () => 1, { cost: { tokens: 11 }, observe }));
    expect(told.splice(0)).toEqual(['1: begins', '1: rate_limiter refused ValidationError']);

    const running = orchestrator.execute(() => clock.sleep(10));
    const full = await failureOf(orchestrator.execute(async () => 1, { observe }));
    expect(full).toBeInstanceOf(QueueFullError);
    expect(told.slice(2)).toEqual(['1: waits for bulkhead', '1: bulkhead refused QueueFullError']);
    await clock.runAll();
    await running;
  });

  it.each(['limiter', 'bulkhead'] as const)(
    'hears at once, and nothing later, that a wait in a deaf %s was stopped',
    async (part) => {
      const { orchestrator, rateLimiter, bulkhead, clock } = rig();
      const gate = part === 'limiter' ? rateLimiter : bulkhead;
      gate.isShut = true;
      const controller = new AbortController();
      const told: string[] = [];
      const failed = failureOf(
        orchestrator.execute(async () => 1, {
          signal: controller.signal,
          observe: observing(told),
        }),
      );
      await clock.advance(5);
      controller.abort();
      const queue = part === 'limiter' ? 'rate_limiter' : 'bulkhead';
      expect(told.at(-1)).toBe(`1: ${queue} refused AbortedError`);
      const { length } = told;
      expect(await failed).toBeInstanceOf(AbortedError);
      gate.admit();
      await clock.advance(5);
      expect(told).toHaveLength(length);
    },
  );

  it('is made for each attempt', async () => {
    const clock = new ManualClock();
    const { orchestrator } = rig({ clock, retry: retries(clock) });
    const told: string[] = [];
    const failed = failureOf(
      orchestrator.execute(() => Promise.reject(new ConnectionError('reset')), {
        observe: observing(told),
      }),
    );
    await clock.runAll();
    await failed;
    const each = ['begins', 'breaker closed allows', 'rate_limiter after 0 ms'];
    const passed = [...each, 'bulkhead after 0 ms'];
    expect(told).toEqual([1, 2].flatMap((attempt) => passed.map((item) => `${attempt}: ${item}`)));
  });

  it('hears of the racing attempt that lost while it waited', async () => {
    const clock = new ManualClock();
    const bulkhead = new Semaphore({ limit: 1, clock });
    const orchestrator = new ResilienceOrchestrator({ retry: hedging(clock), bulkhead, clock });
    const told: string[] = [];
    const running = orchestrator.execute(
      async ({ attempt }) => {
        await clock.sleep(15);
        return attempt;
      },
      { observe: observing(told) },
    );
    await clock.runAll();
    expect(await running).toBe(1);
    expect(told).toEqual([
      '1: begins',
      '1: bulkhead after 0 ms',
      '2: begins',
      '2: waits for bulkhead',
      '2: bulkhead refused AbortedError',
    ]);
    expect(bulkhead).toMatchObject({ active: 0, waiting: 0 });
  });

  it('is not asked for where an attempt cannot begin', async () => {
    const retry: RetryExecutor = {
      execute: (operation) => operation({ attempt: 1, signal: AbortSignal.abort() }),
    };
    const { orchestrator } = rig({ retry });
    const told: string[] = [];
    await failureOf(orchestrator.execute(async () => 1, { observe: observing(told) }));
    expect(told).toEqual([]);
  });

  it.each([
    'begins',
    'breaker closed allows',
    'waits for rate_limiter',
    'rate_limiter after 5 ms',
    'waits for bulkhead',
    'bulkhead after 5 ms',
  ])('that throws when told "%s" fails the attempt, which gives everything back', async (when) => {
    const { orchestrator, rateLimiter, bulkhead, clock, log } = rig({
      attemptTimeout: 50,
      totalTimeout: 100,
    });
    rateLimiter.isShut = true;
    bulkhead.isShut = true;
    const fault = new Error('broken observer');
    const observe = observing([], (entry) => {
      if (entry === when) throw fault;
    });
    const failed = failureOf(orchestrator.execute(async () => log.push('work'), { observe }));
    await clock.advance(5);
    rateLimiter.admit();
    await clock.advance(5);
    bulkhead.admit();
    expect(await failed).toBe(fault);
    expect(clock.pending).toBe(0);
    expect(log).not.toContain('work');
    const count = (entry: string): number => log.filter((item) => item === entry).length;
    expect(count('limiter released')).toBe(count('limiter'));
    expect(count('bulkhead released')).toBe(count('bulkhead'));
  });

  it('that throws when told of a refusal fails the attempt with that', async () => {
    const { orchestrator, circuitBreaker } = rig();
    circuitBreaker.refuses = 10;
    const fault = new Error('broken observer');
    const observe = observing([], (entry) => {
      if (entry.endsWith('refuses')) throw fault;
    });
    expect(await failureOf(orchestrator.execute(async () => 1, { observe }))).toBe(fault);
  });

  it('may stop the execution, and then nothing more is taken', async () => {
    const { orchestrator, log } = rig();
    const controller = new AbortController();
    const told: string[] = [];
    const observe = observing(told, (entry) => {
      if (entry.startsWith('rate_limiter')) controller.abort();
    });
    const failed = orchestrator.execute(async () => 1, { signal: controller.signal, observe });
    expect(await failureOf(failed)).toBeInstanceOf(AbortedError);
    expect(log).not.toContain('breaker');
    expect(log.filter((entry) => entry.endsWith('released')).toSorted()).toEqual(
      log.includes('bulkhead') ? ['bulkhead released', 'limiter released'] : ['limiter released'],
    );
    expect(told.at(-1)).toBe('1: rate_limiter after 0 ms');
  });

  it('is told in the async context of the caller', async () => {
    const clock = new ManualClock();
    const store = new AsyncLocalStorage<number>();
    const orchestrator = new ResilienceOrchestrator({
      retry: retries(clock),
      rateLimiter: createRateLimiter({ requestsPerMinute: 1, clock }),
      bulkhead: new Semaphore({ limit: 1, maxQueue: 0, clock }),
      clock,
    });
    const told: string[] = [];
    const seen: [number, number | undefined][] = [];
    const call = (caller: number): Promise<unknown> =>
      store.run(caller, () =>
        failureOf(
          orchestrator.execute(
            () => clock.sleep(70_000).then(() => Promise.reject(new ConnectionError('reset'))),
            {
              observe: observing(told, () => seen.push([caller, store.getStore()])),
            },
          ),
        ),
      );
    const running = Promise.all([1, 2, 3, 4, 5].map(call));
    await clock.runAll();
    await running;
    expect(told).toContain('1: bulkhead refused QueueFullError');
    expect(told.some((entry) => /rate_limiter after [1-9]/.test(entry))).toBe(true);
    expect(told.some((entry) => entry.startsWith('2'))).toBe(true);
    for (const [caller, found] of seen) expect(found).toBe(caller);
  });
});

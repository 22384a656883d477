import { AsyncLocalStorage } from 'node:async_hooks';
import {
  AbortedError,
  ConfigurationError,
  ConnectionError,
  DeadlineError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';
import { ManualClock, TestLogger } from '@integrations/testing';
import type { AttemptContext, Clock } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DecorrelatedJitter } from './decorrelated-jitter.ts';
import { ExponentialBackoff } from './exponential-backoff.ts';
import { attemptsOf } from './failed-attempt.ts';
import { permanent } from './permanent.ts';
import { type RetryAllowance, RetryBudget } from './retry-budget.ts';
import type { RetryEvent, StopEvent } from './retry-events.ts';
import { createRetryExecutor } from './retry-executor.ts';

const instant = new ExponentialBackoff({ initialDelay: 0 });
const always = new ExponentialBackoff({
  initialDelay: 10,
  jitter: 'none',
  shouldRetry: () => true,
});

/** A manual clock on which every sleep is over at once, `late` milliseconds after its time. */
function impatientClock(late = 0): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    epoch: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms + late;
    },
    schedule: () => ({ [Symbol.dispose]: () => undefined }),
  };
}

/** Fails as often as there are errors, then answers. */
function failing(...errors: readonly unknown[]): ReturnType<typeof vi.fn<() => Promise<string>>> {
  let call = 0;
  return vi.fn(async () => {
    if (call < errors.length) throw errors[call++];
    return 'answer';
  });
}

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('it resolved'),
    (error: unknown) => error,
  );
}

describe('createRetryExecutor', () => {
  it('tells the operation its attempt and the signal', async () => {
    const told: AttemptContext[] = [];
    const operation = async (context: AttemptContext): Promise<void> => {
      told.push(context);
      if (told.length % 2 === 1) throw new ServerError('Failed.');
    };
    const executor = createRetryExecutor(instant, { clock: impatientClock() });
    const { signal } = new AbortController();
    await executor.execute(operation);
    await executor.execute(operation, {});
    await executor.execute(operation, { signal });
    expect(told).toEqual([
      { attempt: 1 },
      { attempt: 2 },
      { attempt: 1 },
      { attempt: 2 },
      { attempt: 1, signal },
      { attempt: 2, signal },
    ]);
  });

  it('needs no policy, and works on the system clock', async () => {
    const operation = failing(new ServerError('Failed.', { retryAfterMs: 1 }));
    expect(await createRetryExecutor().execute(operation)).toBe('answer');
  });

  it('takes what the operation gives without a promise', async () => {
    const operation = (() => 'plain') as unknown as () => Promise<string>;
    expect(await createRetryExecutor().execute(operation)).toBe('plain');
  });

  it('keeps the asynchronous context of its caller', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const clock = new ManualClock();
    const executor = createRetryExecutor(always, { clock });
    const run = storage.run('trace 1', () =>
      executor.execute(async () => {
        seen.push(storage.getStore());
        if (seen.length < 3) throw new Error('again');
      }),
    );
    await clock.runAll();
    await run;
    expect(seen).toEqual(['trace 1', 'trace 1', 'trace 1']);
  });

  it('calls nothing under an aborted signal, or past the deadline', async () => {
    const operation = failing();
    const clock = new ManualClock({ start: 100 });
    const executor = createRetryExecutor(always, { clock });
    const cause = new Error('given up');
    const aborted = await caught(executor.execute(operation, { signal: AbortSignal.abort(cause) }));
    expect(aborted).toBeInstanceOf(AbortedError);
    expect(aborted).toHaveProperty('cause', cause);
    expect(await caught(executor.execute(operation, { deadline: 99 }))).toBeInstanceOf(
      DeadlineError,
    );
    expect(await caught(executor.execute(operation, { deadline: Number.NaN }))).toBeInstanceOf(
      ConfigurationError,
    );
    expect(operation).not.toHaveBeenCalled();
    expect(await executor.execute(operation, { deadline: 100 })).toBe('answer');
  });

  it('does not begin an attempt when its timer came past the deadline', async () => {
    const budget = new RetryBudget();
    const operation = failing(new ServerError('Failed.'));
    const stops: StopEvent[] = [];
    const executor = createRetryExecutor(always, {
      clock: impatientClock(1),
      budget,
      onStop: (event) => stops.push(event),
    });
    const error = await caught(executor.execute(operation, { deadline: 10 }));
    expect(attemptsOf(error)).toEqual([{ error, delayMs: 10, startedAt: 0, stopped: 'deadline' }]);
    expect(stops).toEqual([{ attempt: 1, error, reason: 'deadline' }]);
    expect([operation.mock.calls.length, budget.available]).toEqual([1, 500]);
  });

  it('surfaces a failure of the clock, and takes the price of the retry back', async () => {
    const budget = new RetryBudget();
    const broken = { ...impatientClock(), sleep: () => Promise.reject(new Error('no timers')) };
    const executor = createRetryExecutor(always, { clock: broken, budget });
    const { signal } = new AbortController();
    const failed = executor.execute(failing(new ServerError('Failed.')), { signal });
    await expect(failed).rejects.toThrow('no timers');
    expect(budget.available).toBe(500);
  });

  it('spreads the waits that the server asks for, by a second at most', async () => {
    const clock = impatientClock();
    const executor = createRetryExecutor(instant, { clock, random: () => 0.5 });
    const hints = [20_000, 100].map(
      (retryAfterMs) => new RateLimitError('Slow.', { retryAfterMs }),
    );
    await executor.execute(failing(...hints));
    expect(clock.slept).toEqual([20_500, 105]);
  });

  it('surfaces an error whose Retry-After exceeds two minutes, with its hint', async () => {
    const clock = impatientClock();
    const executor = createRetryExecutor(always, { clock });
    const just = new RateLimitError('Slow.', { retryAfterMs: 120_000 });
    const over = new RateLimitError('Slow.', { retryAfterMs: 120_001 });
    expect(await caught(executor.execute(failing(just, over)))).toBe(over);
    expect(attemptsOf(over).map(({ stopped }) => stopped)).toEqual([undefined, 'retry_after']);
    expect(clock.slept).toHaveLength(1);
  });

  it('repeats work that must not be done twice only when none was done', async () => {
    const clock = impatientClock();
    const executor = createRetryExecutor(always, { clock, isIdempotent: false });
    const throttled = new RateLimitError('Slow.');
    const reset = new ConnectionError('The connection was reset.');
    expect(await executor.execute(failing(throttled))).toBe('answer');
    expect(await caught(executor.execute(failing(throttled, reset)))).toBe(reset);
    expect(attemptsOf(reset).at(-1)?.stopped).toBe('not_idempotent');
    const foreign = new TypeError('fetch failed');
    expect(await caught(executor.execute(failing(foreign)))).toBe(foreign);
  });

  it('stops at what is permanent, whatever the policy', async () => {
    const error = new ServerError('The stream broke after its first event.');
    const executor = createRetryExecutor(always, { clock: impatientClock() });
    const operation = failing(permanent(error));
    expect(await caught(executor.execute(operation))).toBe(error);
    expect(attemptsOf(error)[0]?.stopped).toBe('permanent');
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it('surfaces the error and says so when the budget is spent', async () => {
    const stops: StopEvent[] = [];
    const executor = createRetryExecutor(always, {
      clock: impatientClock(),
      budget: new RetryBudget({ capacity: 14 }),
      onStop: (event) => stops.push(event),
    });
    const errors = [new ServerError('First.'), new ServerError('Second.')];
    expect(await caught(executor.execute(failing(...errors)))).toBe(errors[1]);
    expect(stops).toEqual([{ attempt: 2, error: errors[1], reason: 'budget' }]);
    expect(attemptsOf(errors[1])).toEqual([
      { error: errors[0], delayMs: 10, startedAt: 0 },
      { error: errors[1], delayMs: 0, startedAt: 10, stopped: 'budget' },
    ]);
  });

  it('tells of each retry before it waits', async () => {
    const events: RetryEvent[] = [];
    const clock = impatientClock();
    const onRetry = (event: RetryEvent): void => {
      expect(clock.slept).toHaveLength(events.length);
      events.push(event);
    };
    const errors = ['first', 'second'];
    await createRetryExecutor(always, { clock, onRetry }).execute(failing(...errors));
    expect(events).toEqual([
      { attempt: 1, error: 'first', delayMs: 10 },
      { attempt: 2, error: 'second', delayMs: 20 },
    ]);
  });

  it('lets no listener fail the call, and logs what it threw', async () => {
    const logger = new TestLogger();
    const fault = new Error('a fault in the listener');
    const onRetry = (): never => {
      throw fault;
    };
    const executor = createRetryExecutor(always, { clock: impatientClock(), logger, onRetry });
    expect(await executor.execute(failing('first'))).toBe('answer');
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { error: fault } }]);
  });

  it('lets a listener abort', async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const operation = failing('first');
    const onRetry = (): void => controller.abort();
    const executor = createRetryExecutor(always, { clock, onRetry });
    const { signal } = controller;
    await expect(executor.execute(operation, { signal })).rejects.toThrow(AbortedError);
    expect([operation.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });

  it('asks for the signal of its retries when an attempt has failed, and heeds that', async () => {
    const { signal } = new AbortController();
    const controller = new AbortController();
    const retrySignal = vi.fn(() => controller.signal);
    const clock = new ManualClock();
    const executor = createRetryExecutor(always, { clock });
    await executor.execute(failing(), { signal, retrySignal });
    expect(retrySignal).not.toHaveBeenCalled();

    const seen: (AbortSignal | undefined)[] = [];
    const failed = caught(
      executor.execute(
        async (attempt) => {
          seen.push(attempt.signal);
          throw new ServerError('Failed.');
        },
        { signal, retrySignal },
      ),
    );
    await clock.advance(15);
    controller.abort();
    expect(await failed).toBeInstanceOf(AbortedError);
    expect(seen).toEqual([signal, controller.signal]);
    expect(retrySignal).toHaveBeenCalledTimes(1);
    expect(clock.pending).toBe(0);
  });

  it('makes no call when the signal aborts just as a wait ends', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const budget = new RetryBudget();
    const clock = { ...impatientClock(), sleep: async () => controller.abort() };
    const operation = failing('first');
    const executor = createRetryExecutor(always, { clock, budget });
    await expect(executor.execute(operation, { signal })).rejects.toThrow(AbortedError);
    expect([operation.mock.calls.length, budget.available]).toEqual([1, 500]);
  });

  it.each([Number.NaN, -1, Infinity])('refuses a policy that waits %d ms', async (ms) => {
    const policy = { shouldRetry: () => true, calculateDelay: () => ms };
    const error = await caught(createRetryExecutor(policy).execute(failing('first')));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty('cause', 'first');
  });

  it('refuses what is no policy, and a wrong ceiling for Retry-After', () => {
    const policy = { shouldRetry: () => true, start: 5 } as unknown as ExponentialBackoff;
    expect(() => createRetryExecutor(policy)).toThrow(ConfigurationError);
    const wrong = { maxRetryAfter: Infinity };
    expect(() => createRetryExecutor(always, wrong)).toThrow('`maxRetryAfter` must be');
  });
});

describe('executions under way at once', () => {
  it('each get a policy of their own, at their first failure', async () => {
    const clock = impatientClock();
    let started = 0;
    const policy = {
      shouldRetry: () => true,
      calculateDelay: () => 0,
      start: () => {
        started += 1;
        const own = 10 * started;
        return { shouldRetry: () => true, calculateDelay: () => own };
      },
    };
    const executor = createRetryExecutor(policy, { clock });
    await executor.execute(failing());
    await executor.execute(failing('first', 'second'));
    await executor.execute(failing('first'));
    expect(clock.slept).toEqual([10, 10, 20]);
  });

  const chance = fc.nat(999).map((thousandths) => thousandths / 1000);
  const chances = fc.array(chance, {
    minLength: 1,
    maxLength: 8,
  });

  it('share a policy and a budget in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(100),
        chances,
        fc.array(fc.nat(5), { minLength: 2, maxLength: 5 }),
        async (scheduler, capacity, draws, failures) => {
          let drawn = 0;
          const random = (): number => draws[drawn++ % draws.length] ?? 0;
          const budget = new RetryBudget({ capacity });
          let income = capacity;
          let spent = 0;
          const allowance: RetryAllowance = {
            tryWithdraw: (error) => {
              const cost = budget.tryWithdraw(error);
              spent += cost ?? 0;
              expect(spent).toBeLessThanOrEqual(income);
              return cost;
            },
            deposit: (amount) => {
              income += amount ?? 1;
              budget.deposit(amount);
              expect(budget.available).toBeLessThanOrEqual(capacity);
            },
          };
          const clock: Clock = {
            ...impatientClock(),
            sleep: () => scheduler.schedule(Promise.resolve(), 'sleep'),
          };
          const policy = new DecorrelatedJitter({ maxAttempts: 5, random });
          const executor = createRetryExecutor(policy, { clock, random, budget: allowance });
          const runs = failures.map(async (times) => {
            const errors = Array.from({ length: times }, () => new ServerError('Failed.'));
            const operation = failing(...errors);
            const error = await caught(
              executor.execute(async () => {
                await scheduler.schedule(Promise.resolve(), 'call');
                return operation();
              }),
            );
            let previous = 100;
            for (const { delayMs, stopped } of attemptsOf(error)) {
              if (stopped !== undefined) continue;
              expect(delayMs).toBeGreaterThanOrEqual(100);
              expect(delayMs).toBeLessThanOrEqual(3 * previous);
              previous = delayMs;
            }
            return operation.mock.calls.length;
          });
          const calls = await scheduler.waitFor(Promise.all(runs));
          const retries = calls.reduce((sum, count) => sum + count - 1, 0);
          expect(retries * 14).toBe(spent);
        },
      ),
      // Shrinking the order of tasks takes minutes; the seed repeats the failure.
      { endOnFailure: true },
    );
  });
});

import { createCircuitBreaker } from '@integrations/circuit-breaker';
import { ConnectionError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type { Bulkhead, CircuitBreaker, RateLimiter, RetryExecutor } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failureOf } from './recording-parts.test.support.ts';
import { compose, type ResilienceOptions } from './resilience-orchestrator.ts';

type Part = 'retry' | 'circuitBreaker' | 'rateLimiter' | 'bulkhead' | 'attemptTimeout';

const PARTS: readonly Part[] = [
  'retry',
  'circuitBreaker',
  'rateLimiter',
  'bulkhead',
  'attemptTimeout',
];

const SUBSETS: readonly Part[][] = Array.from({ length: 2 ** PARTS.length }, (_, bits) =>
  PARTS.filter((_part, index) => (bits >> index) & 1),
);

/** The smallest objects that the interfaces allow, as a user would write them. */
function ownParts(): Required<Pick<ResilienceOptions, Exclude<Part, 'attemptTimeout'>>> {
  const retry: RetryExecutor = {
    async execute(operation) {
      try {
        return await operation({ attempt: 1 });
      } catch {
        return operation({ attempt: 2 });
      }
    },
  };
  const circuitBreaker: CircuitBreaker = {
    state: 'closed',
    isOpen: () => false,
    tryAcquire: () => ({
      allowed: true,
      success: () => undefined,
      failure: () => undefined,
      ignore: () => undefined,
    }),
    recordSuccess: () => undefined,
    recordFailure: () => undefined,
    reset: () => undefined,
  };
  const rateLimiter: RateLimiter = {
    acquire: async () => ({ settle: () => undefined, release: () => undefined }),
    tryAcquire: () => undefined,
    updateLimits: () => undefined,
    available: () => ({ requests: 1, tokens: 1 }),
  };
  const bulkhead: Bulkhead = {
    acquire: async () => ({ release: () => undefined }),
    tryAcquire: () => undefined,
  };
  return { retry, circuitBreaker, rateLimiter, bulkhead };
}

function realParts(clock: ManualClock): ReturnType<typeof ownParts> {
  const policy = new ExponentialBackoff({ maxAttempts: 2, initialDelay: 5, jitter: 'none' });
  return {
    retry: createRetryExecutor(policy, { clock }),
    circuitBreaker: createCircuitBreaker({ clock }),
    rateLimiter: createRateLimiter({ clock, requestsPerMinute: 100 }),
    bulkhead: new Semaphore({ clock, limit: 1 }),
  };
}

function subset(parts: readonly Part[], clock: ManualClock, own: boolean): ResilienceOptions {
  const all = { ...(own ? ownParts() : realParts(clock)), attemptTimeout: 1000 };
  return { clock, ...Object.fromEntries(parts.map((part) => [part, all[part]])) };
}

const KINDS = [
  ['real parts', false],
  ['parts of a user', true],
] as const;

describe.each(KINDS)('compose, of %s', (_kind, own) => {
  it.each(SUBSETS.map((parts) => [parts.join(' + ') || 'nothing', parts] as const))(
    'of %s gives results and errors through as they are',
    async (_name, parts) => {
      const clock = new ManualClock();
      const execute = compose(subset(parts, clock, own));
      const value = { value: 1 };
      const waited = execute(async () => {
        await clock.sleep(1);
        return value;
      });
      const results = Promise.all([waited, execute(async () => value)]);
      await clock.advance(1);
      for (const result of await results) expect(result).toBe(value);

      const thrown = new RangeError('not worth another try');
      const failed = failureOf(execute(() => Promise.reject(thrown)));
      await clock.runAll();
      expect(await failed).toBe(thrown);
      expect(clock.pending).toBe(0);
    },
  );

  it.each([
    ['with', 2],
    ['without', 1],
  ])('%s retry makes %i attempts', async (retry, attempts) => {
    const clock = new ManualClock();
    const parts = retry === 'with' ? PARTS : PARTS.filter((part) => part !== 'retry');
    const execute = compose(subset(parts, clock, own));
    const seen: number[] = [];
    const failed = failureOf(
      execute(async ({ attempt, signal, permit }) => {
        seen.push(attempt);
        expect(signal).toBeInstanceOf(AbortSignal);
        expect(permit).toBeDefined();
        throw new ConnectionError('reset');
      }),
    );
    await clock.runAll();
    expect(await failed).toBeInstanceOf(ConnectionError);
    expect(seen).toEqual([1, 2].slice(0, attempts));
  });
});

describe('compose', () => {
  it('takes what is no promise, and what is one of another maker', async () => {
    const execute = compose({});
    const plain = (() => 5) as unknown as () => Promise<number>;
    expect(await execute(plain)).toBe(5);
    class Foreign<T> extends Promise<T> {}
    expect(await execute(() => Foreign.resolve(7))).toBe(7);
  });

  it('gives the operation no `this`', async () => {
    const execute = compose({});
    async function operation(this: unknown): Promise<unknown> {
      return this;
    }
    expect(await execute(operation)).toBeUndefined();
  });

  it('shares its parts between executions', async () => {
    const clock = new ManualClock();
    const execute = compose({ bulkhead: new Semaphore({ limit: 1, maxQueue: 0, clock }), clock });
    const running = execute(() => clock.sleep(10));
    expect(await failureOf(execute(async () => 1))).toMatchObject({ code: 'queue_full' });
    await clock.advance(10);
    await running;
    expect(await execute(async () => 2)).toBe(2);
  });
});

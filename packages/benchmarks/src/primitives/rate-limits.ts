import type { Limit } from '@integrations/rate-limits';
import { type RateLimiter, systemClock } from '@integrations/types';
import type { BenchmarkCase, Subject } from '../suite.ts';

const operation = async (): Promise<number> => 1;

/** So much that nothing ever waits, and the sum of it is still a whole number. */
const AMPLE = 1e12;
const TOKENS = 1000;

async function limiter(): Promise<RateLimiter> {
  const { createRateLimiter } = await import('@integrations/rate-limits');
  return createRateLimiter({ requestsPerMinute: AMPLE, tokensPerMinute: AMPLE });
}

/** The limit alone, with the reading of the clock that any use of it needs. */
function takeFrom(limit: Limit, cost: number): Subject {
  return {
    callSync: () => {
      const now = systemClock.now();
      return limit.canTake(cost, now) ? limit.take(cost, now) : undefined;
    },
  };
}

/** Permits that are free. */
export const rateLimitCases: readonly BenchmarkCase[] = [
  {
    name: 'limiter tryAcquire, requests and tokens',
    by: 'ours',
    target: 1,
    prepare: async () => {
      const ours = await limiter();
      return { callSync: () => ours.tryAcquire({ tokens: TOKENS }) };
    },
  },
  {
    name: 'limiter acquire, requests and tokens',
    by: 'ours',
    prepare: async () => {
      const ours = await limiter();
      return { call: () => ours.acquire({ tokens: TOKENS }) };
    },
  },
  {
    name: 'limiter acquire and settle',
    by: 'ours',
    prepare: async () => {
      const ours = await limiter();
      return {
        call: async () => {
          const permit = await ours.acquire({ tokens: TOKENS });
          permit.settle({ tokens: 400 });
          return permit;
        },
      };
    },
  },
  {
    name: 'TokenLedger alone',
    by: 'ours',
    prepare: async () => {
      const { TokenLedger } = await import('@integrations/rate-limits');
      return takeFrom(new TokenLedger({ limit: AMPLE }), TOKENS);
    },
  },
  {
    name: 'Gcra alone',
    by: 'ours',
    prepare: async () => {
      const { Gcra } = await import('@integrations/rate-limits');
      return takeFrom(new Gcra({ limit: 1e9, burst: 1e9 }), 1);
    },
  },
  {
    name: 'TokenBucket alone',
    by: 'ours',
    prepare: async () => {
      const { TokenBucket } = await import('@integrations/rate-limits');
      return takeFrom(new TokenBucket({ capacity: 1e9 }), 1);
    },
  },
  {
    name: 'rate-limiter-flexible memory consume',
    by: 'rate-limiter-flexible',
    prepare: async () => {
      const { RateLimiterMemory } = await import('rate-limiter-flexible');
      const theirs = new RateLimiterMemory({ points: AMPLE, duration: 60 });
      return { call: () => theirs.consume('key', 1) };
    },
  },
  {
    name: 'rate-limiter-flexible memory queue',
    by: 'rate-limiter-flexible',
    prepare: async () => {
      const { RateLimiterMemory, RateLimiterQueue } = await import('rate-limiter-flexible');
      const theirs = new RateLimiterQueue(new RateLimiterMemory({ points: AMPLE, duration: 60 }));
      return { call: () => theirs.removeTokens(1) };
    },
  },
];

/** Slots that are free. */
export const concurrencyCases: readonly BenchmarkCase[] = [
  {
    name: 'semaphore run',
    by: 'ours',
    prepare: async () => {
      const { Semaphore } = await import('@integrations/rate-limits');
      const semaphore = new Semaphore({ limit: 8 });
      return { call: () => semaphore.run(operation) };
    },
  },
  {
    name: 'cockatiel bulkhead',
    by: 'cockatiel',
    prepare: async () => {
      const { bulkhead } = await import('cockatiel');
      const policy = bulkhead(8);
      return { call: () => policy.execute(operation) };
    },
  },
  {
    name: 'bottleneck schedule, 8 at a time',
    by: 'bottleneck',
    prepare: async () => {
      const { default: Bottleneck } = await import('bottleneck');
      const theirs = new Bottleneck({ maxConcurrent: 8 });
      return {
        call: () => theirs.schedule(operation),
        dispose: () => theirs.disconnect(),
      };
    },
  },
];

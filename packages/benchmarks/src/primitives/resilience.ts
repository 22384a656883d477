import type { ResilienceOptions } from '@integrations/resilience';
import type { BenchmarkCase } from '../suite.ts';

const operation = async (): Promise<number> => 1;

const AMPLE = 1e12;
const ATTEMPT_TIMEOUT_MS = 60_000;

async function everything(): Promise<ResilienceOptions> {
  const { createCircuitBreaker } = await import('@integrations/circuit-breaker');
  const { createRateLimiter, Semaphore } = await import('@integrations/rate-limits');
  const { createRetryExecutor, ExponentialBackoff } = await import('@integrations/retry');
  return {
    retry: createRetryExecutor(new ExponentialBackoff()),
    circuitBreaker: createCircuitBreaker(),
    rateLimiter: createRateLimiter({ requestsPerMinute: AMPLE, tokensPerMinute: AMPLE }),
    bulkhead: new Semaphore({ limit: 8 }),
  };
}

/** Parts around one call that succeeds. Cockatiel has no rate limiter. */
export const resilienceCases: readonly BenchmarkCase[] = [
  {
    name: 'retry, breaker, limiter, semaphore',
    by: 'ours',
    prepare: async () => {
      const { ResilienceOrchestrator } = await import('@integrations/resilience');
      const orchestrator = new ResilienceOrchestrator(await everything());
      const cost = { tokens: 1000 };
      return { call: () => orchestrator.execute(operation, { cost }) };
    },
  },
  {
    name: 'the same, attempt timeout and signal',
    by: 'ours',
    target: 25,
    prepare: async () => {
      const { ResilienceOrchestrator } = await import('@integrations/resilience');
      const orchestrator = new ResilienceOrchestrator({
        ...(await everything()),
        attemptTimeout: ATTEMPT_TIMEOUT_MS,
      });
      const cost = { tokens: 1000 };
      const { signal } = new AbortController();
      return { call: () => orchestrator.execute(operation, { cost, signal }) };
    },
  },
  {
    name: 'attempt timeout alone',
    by: 'ours',
    prepare: async () => {
      const { ResilienceOrchestrator } = await import('@integrations/resilience');
      const orchestrator = new ResilienceOrchestrator({ attemptTimeout: ATTEMPT_TIMEOUT_MS });
      return { call: () => orchestrator.execute(operation) };
    },
  },
  {
    name: 'cockatiel retry, breaker, bulkhead',
    by: 'cockatiel',
    prepare: async () => {
      const { bulkhead, circuitBreaker, ConsecutiveBreaker, handleAll, retry, wrap } =
        await import('cockatiel');
      const policy = wrap(
        retry(handleAll, { maxAttempts: 2 }),
        circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(5) }),
        bulkhead(8),
      );
      return { call: () => policy.execute(operation) };
    },
  },
  {
    name: 'the same, timeout and signal',
    by: 'cockatiel',
    prepare: async () => {
      const {
        bulkhead,
        circuitBreaker,
        ConsecutiveBreaker,
        handleAll,
        retry,
        timeout,
        TimeoutStrategy,
        wrap,
      } = await import('cockatiel');
      const policy = wrap(
        retry(handleAll, { maxAttempts: 2 }),
        circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(5) }),
        bulkhead(8),
        timeout(ATTEMPT_TIMEOUT_MS, TimeoutStrategy.Aggressive),
      );
      const { signal } = new AbortController();
      return { call: () => policy.execute(operation, signal) };
    },
  },
  {
    name: 'cockatiel timeout alone',
    by: 'cockatiel',
    prepare: async () => {
      const { timeout, TimeoutStrategy } = await import('cockatiel');
      const policy = timeout(ATTEMPT_TIMEOUT_MS, TimeoutStrategy.Aggressive);
      return { call: () => policy.execute(operation) };
    },
  },
];

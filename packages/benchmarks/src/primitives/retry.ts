import type { BenchmarkCase } from '../suite.ts';

const operation = async (): Promise<number> => 1;

/** A first attempt that succeeds. */
export const retryCases: readonly BenchmarkCase[] = [
  {
    name: 'retry executor',
    by: 'ours',
    target: 2.5,
    prepare: async () => {
      const { createRetryExecutor, ExponentialBackoff } = await import('@integrations/retry');
      const executor = createRetryExecutor(new ExponentialBackoff());
      return { call: () => executor.execute(operation) };
    },
  },
  {
    name: 'retry executor, signal and deadline',
    by: 'ours',
    target: 2.5,
    prepare: async () => {
      const { createRetryExecutor, ExponentialBackoff } = await import('@integrations/retry');
      const executor = createRetryExecutor(new ExponentialBackoff());
      const { signal } = new AbortController();
      const deadline = performance.now() + 3_600_000;
      return { call: () => executor.execute(operation, { signal, deadline }) };
    },
  },
  {
    name: 'cockatiel retry',
    by: 'cockatiel',
    prepare: async () => {
      const { ExponentialBackoff, handleAll, retry } = await import('cockatiel');
      const policy = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
      return { call: () => policy.execute(operation) };
    },
  },
  {
    name: 'cockatiel retry, signal',
    by: 'cockatiel',
    prepare: async () => {
      const { ExponentialBackoff, handleAll, retry } = await import('cockatiel');
      const policy = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
      const { signal } = new AbortController();
      return { call: () => policy.execute(operation, signal) };
    },
  },
  {
    name: 'p-retry',
    by: 'p-retry',
    prepare: async () => {
      const { default: pRetry } = await import('p-retry');
      return { call: () => pRetry(operation, { retries: 2 }) };
    },
  },
];

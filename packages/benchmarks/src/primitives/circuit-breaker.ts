import type { BreakerWindow } from '@integrations/circuit-breaker';
import type * as Cockatiel from 'cockatiel';
import type { BenchmarkCase, Subject } from '../suite.ts';

const operation = async (): Promise<number> => 1;

async function protectWith(window: BreakerWindow): Promise<Subject> {
  const { createCircuitBreaker, protect } = await import('@integrations/circuit-breaker');
  const breaker = createCircuitBreaker({ window, failureThreshold: 5 });
  return { call: () => protect(breaker, operation) };
}

async function cockatielWith(
  createBreaker: (library: typeof Cockatiel) => Cockatiel.IBreaker,
): Promise<Subject> {
  const cockatiel = await import('cockatiel');
  const policy = cockatiel.circuitBreaker(cockatiel.handleAll, {
    halfOpenAfter: 60_000,
    breaker: createBreaker(cockatiel),
  });
  return { call: () => policy.execute(operation) };
}

async function opossumWith(options: { timeout: number | false }): Promise<Subject> {
  const { default: CircuitBreaker } = await import('opossum');
  const breaker = new CircuitBreaker(operation, options);
  return { call: () => breaker.fire(), dispose: () => breaker.shutdown() };
}

/** A call that succeeds, through a breaker that is closed. */
export const circuitBreakerCases: readonly BenchmarkCase[] = [
  {
    name: 'protect, consecutive failures',
    by: 'ours',
    target: 3,
    prepare: () => protectWith({ type: 'consecutive' }),
  },
  {
    name: 'protect, last 100 calls',
    by: 'ours',
    target: 3,
    prepare: () => protectWith({ type: 'count', size: 100 }),
  },
  {
    name: 'protect, last 30 s',
    by: 'ours',
    target: 3,
    prepare: () => protectWith({ type: 'time', duration: '30s' }),
  },
  {
    name: 'cockatiel ConsecutiveBreaker',
    by: 'cockatiel',
    prepare: () => cockatielWith(({ ConsecutiveBreaker }) => new ConsecutiveBreaker(5)),
  },
  {
    name: 'cockatiel CountBreaker, last 100 calls',
    by: 'cockatiel',
    prepare: () =>
      cockatielWith(({ CountBreaker }) => new CountBreaker({ threshold: 0.5, size: 100 })),
  },
  {
    name: 'cockatiel SamplingBreaker, last 30 s',
    by: 'cockatiel',
    prepare: () =>
      cockatielWith(
        ({ SamplingBreaker }) => new SamplingBreaker({ threshold: 0.5, duration: 30_000 }),
      ),
  },
  {
    name: 'opossum fire, no timeout',
    by: 'opossum',
    prepare: () => opossumWith({ timeout: false }),
  },
  {
    name: 'opossum fire, its defaults (10 s timeout)',
    by: 'opossum',
    prepare: () => opossumWith({ timeout: 10_000 }),
  },
];

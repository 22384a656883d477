import { setTimeout as wait } from 'node:timers/promises';
import { createCircuitBreaker } from '@integrations/circuit-breaker';
import { AdaptiveConcurrency, createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, DecorrelatedJitter, ExponentialBackoff } from '@integrations/retry';
import {
  type ContractClock,
  describeBulkheadContract,
  describeCircuitBreakerContract,
  describeClockContract,
  describeHttpTransportContract,
  describeLoggerContract,
  describeMetricsContract,
  describeRateLimiterContract,
  describeRetryExecutorContract,
  describeRetryPolicyContract,
  describeTracerContract,
  type TestFramework,
} from '@integrations/testing';
import { FetchTransport, UndiciTransport } from '@integrations/transport';
import { noopLogger, noopMetrics, noopTracer, systemClock } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CockatielCircuitBreaker } from './cockatiel-circuit-breaker.ts';

describeClockContract({
  describe,
  it,
  name: 'systemClock',
  isReal: true,
  create: () => ({ ...systemClock, advance: (ms) => wait(ms) }),
});

describeLoggerContract({
  describe,
  it,
  name: 'noopLogger',
  writes: false,
  create: () => ({ logger: noopLogger, lines: () => [] }),
});

describeTracerContract({
  describe,
  it,
  name: 'noopTracer',
  records: false,
  create: () => ({ tracer: noopTracer, ended: () => [] }),
});

describeMetricsContract({
  describe,
  it,
  name: 'noopMetrics',
  records: false,
  create: () => ({ metrics: noopMetrics, read: () => undefined }),
});

for (const jitter of ['full', 'equal', 'decorrelated', 'none'] as const) {
  describeRetryPolicyContract({
    describe,
    it,
    name: `ExponentialBackoff, jitter ${jitter}`,
    create: ({ maxAttempts }) => new ExponentialBackoff({ maxAttempts, jitter }),
  });
}

describeRetryPolicyContract({
  describe,
  it,
  name: 'DecorrelatedJitter',
  create: ({ maxAttempts }) => new DecorrelatedJitter({ maxAttempts }),
});

describeRetryPolicyContract({
  describe,
  it,
  name: 'DecorrelatedJitter, one execution',
  create: ({ maxAttempts }) => new DecorrelatedJitter({ maxAttempts }).start(),
});

describeRetryExecutorContract({
  describe,
  it,
  name: 'createRetryExecutor',
  create: ({ policy, clock }) => createRetryExecutor(policy, { clock }),
});

for (const window of [
  { type: 'consecutive' },
  { type: 'count', size: 20 },
  { type: 'time', duration: '10m' },
] as const) {
  describeCircuitBreakerContract({
    describe,
    it,
    name: `createCircuitBreaker, ${window.type} window`,
    create: ({ failureThreshold, openMs, clock }) =>
      createCircuitBreaker({ window, failureThreshold, openDuration: openMs, clock }),
  });
}

describeRateLimiterContract({ describe, it, name: 'createRateLimiter', create: createRateLimiter });

describeBulkheadContract({
  describe,
  it,
  name: 'Semaphore',
  create: ({ maxConcurrent, clock }) => new Semaphore({ limit: maxConcurrent, clock }),
});

describeBulkheadContract({
  describe,
  it,
  name: 'AdaptiveConcurrency',
  create: ({ maxConcurrent: limit, clock }) =>
    new AdaptiveConcurrency({ initial: limit, min: limit, max: limit, clock }),
});

describeHttpTransportContract({
  describe,
  it,
  name: 'UndiciTransport',
  create: () => new UndiciTransport(),
  destroy: (transport) => transport.close?.(),
});

describeHttpTransportContract({
  describe,
  it,
  name: 'FetchTransport',
  ownsConnections: false,
  create: () => new FetchTransport(),
  destroy: (transport) => transport.close?.(),
});

const runCase: TestFramework['it'] = it;

/** Moves what cockatiel goes by. */
function fakedDate(): ContractClock {
  return {
    now: () => Date.now(),
    epoch: () => Date.now(),
    sleep: systemClock.sleep,
    schedule: systemClock.schedule,
    advance: (ms) => void vi.setSystemTime(Date.now() + ms),
  };
}

describe('a breaker of another library', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  describeCircuitBreakerContract({
    describe,
    it: (promise, test) =>
      // cockatiel counts a call that failed with an error it isn't meant to handle as a
      // successful probe, and has no way to give one back: an ignored probe closes it.
      promise.startsWith('an ignored probe makes room for another')
        ? it(`breaks the promise: ${promise}`, () =>
            expect(test()).rejects.toThrow(
              'it should be half_open after probes that were all ignored, and is closed',
            ))
        : runCase(promise, test),
    name: 'cockatiel',
    clock: fakedDate,
    create: (settings) => new CockatielCircuitBreaker(settings),
  });
});

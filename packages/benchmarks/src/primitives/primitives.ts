import type { Suite } from '../suite.ts';
import { circuitBreakerCases } from './circuit-breaker.ts';
import { concurrencyCases, rateLimitCases } from './rate-limits.ts';
import { resilienceCases } from './resilience.ts';
import { retryCases } from './retry.ts';

/** The parts around a call that succeeds, as multiples of that call. */
export const primitives: Suite = {
  name: 'primitives',
  floor: {
    name: 'bare async call',
    prepare: async () => ({ call: async () => 1 }),
  },
  groups: [
    { title: 'Retry', cases: retryCases },
    { title: 'Circuit breaker', cases: circuitBreakerCases },
    { title: 'Rate limits', cases: rateLimitCases },
    { title: 'Concurrency', cases: concurrencyCases },
    { title: 'Several at once', cases: resilienceCases },
  ],
};

import { wholeOption } from '@integrations/errors';
import { Semaphore } from '@integrations/rate-limits';
import { RetryBudget } from '@integrations/retry';
import type { Bulkhead, CircuitBreaker, Clock, RateLimiter } from '@integrations/types';
import { isInstance } from './protection-checks.ts';
import type { ResilienceClientOptions } from './resilience-options.ts';

/** What the calls of a client know of each other. Clients of one server may share it in whole or in part. */
export interface ProtectionState {
  /** What all retries together may spend. */
  readonly budget: RetryBudget;
  /** Counts the calls in flight. */
  readonly bulkhead: Bulkhead | undefined;
  /** By endpoint. */
  readonly breakers: Map<string, CircuitBreaker>;
  /** By family of models. */
  readonly limiters: Map<string, RateLimiter>;
}

function createBulkhead(
  concurrency: number | Bulkhead | false,
  clock: Clock,
): Bulkhead | undefined {
  if (concurrency === false) return undefined;
  if (
    typeof concurrency === 'object' &&
    isInstance<Bulkhead>('concurrency', concurrency, 'a bulkhead', ['acquire', 'tryAcquire'])
  ) {
    return concurrency;
  }
  return new Semaphore({ limit: wholeOption('concurrency', concurrency, { least: 1 }), clock });
}

/** Has no budget and no maps before they are asked for: many clients never make a call. */
class LazyProtectionState implements ProtectionState {
  readonly bulkhead: Bulkhead | undefined;
  #budget: RetryBudget | undefined;
  #breakers: Map<string, CircuitBreaker> | undefined;
  #limiters: Map<string, RateLimiter> | undefined;

  constructor(
    { budget, breakers, limiters }: Partial<ProtectionState>,
    bulkhead: Bulkhead | undefined,
  ) {
    this.bulkhead = bulkhead;
    this.#budget = budget;
    this.#breakers = breakers;
    this.#limiters = limiters;
  }

  get budget(): RetryBudget {
    this.#budget ??= new RetryBudget();
    return this.#budget;
  }

  get breakers(): Map<string, CircuitBreaker> {
    this.#breakers ??= new Map<string, CircuitBreaker>();
    return this.#breakers;
  }

  get limiters(): Map<string, RateLimiter> {
    this.#limiters ??= new Map<string, RateLimiter>();
    return this.#limiters;
  }
}

/**
 * Makes what the calls of a client know of each other.
 *
 * @param shared the parts that are another client's.
 * @throws ConfigurationError for a `concurrency` that cannot be one.
 */
export function createProtectionState(
  { concurrency = false }: ResilienceClientOptions,
  clock: Clock,
  shared: Partial<ProtectionState> = {},
): ProtectionState {
  return new LazyProtectionState(shared, shared.bulkhead ?? createBulkhead(concurrency, clock));
}

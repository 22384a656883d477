import { ResilienceOrchestrator } from '@integrations/resilience';
import type { Bulkhead, CircuitBreaker, RateLimiter } from '@integrations/types';
import type { Protect } from './core-protections.ts';

/** What calls are protected with besides retries and timeouts; what is left out is off. */
export interface ProtectingParts {
  /** Refuses calls to a server that keeps failing, such as `createCircuitBreaker()`. */
  readonly circuitBreaker?: CircuitBreaker | undefined;
  /**
   * Keeps calls within the provider's limits, such as `createRateLimiter()`. It learns
   * them from responses where the core has `readLimits`.
   */
  readonly rateLimiter?: RateLimiter | undefined;
  /** Bounds the calls in flight, such as a `Semaphore`. */
  readonly bulkhead?: Bulkhead | undefined;
}

/** Protects all calls of a core with the same parts. */
export function protectWith({ circuitBreaker, rateLimiter, bulkhead }: ProtectingParts): Protect {
  return (terms) => ({
    orchestrator: new ResilienceOrchestrator({ ...terms, circuitBreaker, rateLimiter, bulkhead }),
    circuitBreaker,
    rateLimiter,
  });
}

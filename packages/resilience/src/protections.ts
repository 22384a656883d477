import type {
  Bulkhead,
  CircuitBreaker,
  Clock,
  RateLimiter,
  RetryExecutor,
} from '@integrations/types';

/** What stands between a caller and its work. Each part may be missing. */
export interface Protections {
  readonly retry: RetryExecutor | undefined;
  readonly circuitBreaker: CircuitBreaker | undefined;
  readonly rateLimiter: RateLimiter | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly clock: Clock;
}

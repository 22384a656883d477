import type { CircuitBreakerOptions } from '@integrations/circuit-breaker';
import type { RateLimiterOptions } from '@integrations/rate-limits';
import type { ExponentialBackoffOptions, RetryExecutorOptions } from '@integrations/retry';
import type { Bulkhead, CircuitBreaker, RateLimiter, RetryExecutor } from '@integrations/types';

/** How failed attempts are repeated. */
export interface RetrySettings
  extends
    Omit<ExponentialBackoffOptions, 'maxAttempts'>,
    Pick<RetryExecutorOptions, 'maxRetryAfter' | 'budget' | 'onRetry' | 'onStop'> {}

/** What calls are kept within; each family of models has limits of its own. */
export type RateLimitSettings = Omit<RateLimiterOptions, 'requestLimits'>;

/** Options that decide how a client protects its calls. Each part takes settings, an own instance, or `false`. */
export interface ResilienceClientOptions {
  /** Attempts after the first. @default 2 */
  readonly maxRetries?: number | undefined;
  /**
   * Waits between attempts, and what pays for them. With an executor of your own,
   * `maxRetries` is its business. @default exponential back-off with full jitter
   * from 100 ms to 30 s, and a `RetryBudget` of the client's own
   */
  readonly retry?: RetrySettings | RetryExecutor | false | undefined;
  /**
   * Refuses calls to an endpoint that keeps failing. Settings make one breaker for
   * each endpoint; an own instance serves all. @default 5 failures among the last
   * 20 calls open it for 60 s
   */
  readonly circuitBreaker?: CircuitBreakerOptions | CircuitBreaker | false | undefined;
  /**
   * Keeps calls within the provider's limits. Settings make one limiter for each
   * family of models; an own instance serves all. @default limits are learned from
   * the responses
   */
  readonly rateLimit?: RateLimitSettings | RateLimiter | false | undefined;
  /** Calls in flight at a time, streams that are being read included. @default no limit */
  readonly concurrency?: number | Bulkhead | false | undefined;
}

import {
  type AttemptContext,
  type Bulkhead,
  type CircuitBreaker,
  type Clock,
  type ExecutionOptions,
  type Orchestrator,
  type RateLimiter,
  type RetryExecutor,
  systemClock,
} from '@integrations/types';
import { Execution } from './execution.ts';
import type { Protections } from './protections.ts';
import { checkTimeout } from './timeout-check.ts';

const NO_OPTIONS: ExecutionOptions = Object.freeze({});

/** What work is protected with. Every part may be left out, or be your own. */
export interface ResilienceOptions {
  /** Repeats failed attempts. @default one attempt */
  readonly retry?: RetryExecutor | undefined;
  /** Refuses calls to a service that keeps failing. @default none */
  readonly circuitBreaker?: CircuitBreaker | undefined;
  /** Keeps calls within the provider's limits. @default none */
  readonly rateLimiter?: RateLimiter | undefined;
  /** Bounds the calls in flight. @default none */
  readonly bulkhead?: Bulkhead | undefined;
  /** Milliseconds for one attempt; 0 means no limit. @default 0 */
  readonly attemptTimeout?: number | undefined;
  /** Milliseconds for all attempts and waits together; 0 means no limit. @default 0 */
  readonly totalTimeout?: number | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/**
 * Runs any async work under a total deadline, then retries; each attempt passes a
 * look at the breaker, the rate limit, the bulkhead, the breaker and its timeout,
 * so that a retry is counted like any other call and no breaker permit is held
 * by a call that waits in line.
 */
export class ResilienceOrchestrator implements Orchestrator {
  readonly #protections: Protections;
  readonly #timeouts: { readonly attempt: number; readonly total: number };

  /** @throws ConfigurationError for a timeout that is negative or not a number. */
  constructor(options: ResilienceOptions = {}) {
    this.#protections = {
      retry: options.retry,
      circuitBreaker: options.circuitBreaker,
      rateLimiter: options.rateLimiter,
      bulkhead: options.bulkhead,
      clock: options.clock ?? systemClock,
    };
    this.#timeouts = {
      attempt: checkTimeout('attemptTimeout', options.attemptTimeout ?? 0),
      total: checkTimeout('totalTimeout', options.totalTimeout ?? 0),
    };
  }

  /**
   * @throws ConfigurationError for a timeout that is negative or not a number; nothing was run.
   * @throws AbortedError when the caller's signal aborts, or the signal's reason where that is typed.
   * @throws AttemptTimeoutError, TotalTimeoutError when time is up.
   * @throws CircuitOpenError when the breaker refuses, and whatever limits and operation throw.
   */
  execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options: ExecutionOptions = NO_OPTIONS,
  ): Promise<T> {
    try {
      return new Execution(this.#protections, this.#timeouts, operation, options).run();
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** Runs work under whatever it was composed of. */
export type Execute = <T>(
  operation: (attempt: AttemptContext) => Promise<T>,
  options?: ExecutionOptions,
) => Promise<T>;

/** A `ResilienceOrchestrator` of any subset of the parts, as one function. */
export function compose(options: ResilienceOptions): Execute {
  const orchestrator = new ResilienceOrchestrator(options);
  return (operation, executionOptions) => orchestrator.execute(operation, executionOptions);
}

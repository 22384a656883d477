import type { RateLimitPermit } from './rate-limiter.ts';

/** Decides whether and when a failed attempt is repeated. Attempts count from 1. */
export interface RetryPolicy {
  /** Whether another attempt may follow the failed attempt number `attempt`. */
  shouldRetry(attempt: number, error: unknown): boolean;
  /** Milliseconds to wait before the attempt after number `attempt`. */
  calculateDelay(attempt: number, error: unknown): number;
}

/** What an operation is told about the attempt it makes. */
export interface AttemptContext {
  /** Counts from 1. */
  readonly attempt: number;
  /** Aborted when the attempt must end: by the caller, a timeout or a lost race. */
  readonly signal?: AbortSignal;
  /** What the attempt took of the rate limits: to be settled with what it really used. */
  readonly permit?: RateLimitPermit | undefined;
  /**
   * Keeps the attempt's place among the calls in flight after the operation has
   * resolved, for work that goes on: a stream that is still read. Whoever calls it
   * disposes of what it returns when the work is over; doing so again does nothing.
   */
  keepOpen?(): Disposable;
}

/** Limits on one execution. */
export interface RetryExecutionOptions {
  readonly signal?: AbortSignal | undefined;
  /** The moment, by `Clock.now()`, after which no attempt may begin. */
  readonly deadline?: number | undefined;
  /**
   * Gives the signal that is to end the waits between attempts, and the attempts after
   * them, in place of `signal`. Asked for when an attempt has failed: a signal is dear,
   * and most calls go well.
   */
  readonly retrySignal?: (() => AbortSignal) | undefined;
}

/** Runs an operation, repeating it as its policy says. */
export interface RetryExecutor {
  execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: RetryExecutionOptions,
  ): Promise<T>;
}

/** `closed` lets calls through, `open` refuses them, `half_open` lets a few probe. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/**
 * Leave to make one call. Exactly one of its methods counts; later calls do nothing.
 * A report that comes after the breaker has changed its state, or was reset, counts
 * for nothing: it speaks of another time.
 */
export interface BreakerPermit {
  readonly allowed: true;
  success(): void;
  failure(error?: unknown): void;
  /** Gives the permit back without an opinion: the call was cancelled, say. */
  ignore(): void;
}

/** A refusal. */
export interface BreakerRejection {
  readonly allowed: false;
  /** Milliseconds until a call may be let through again. */
  readonly retryAfterMs: number;
}

/** Stops calls to a service that keeps failing. */
export interface CircuitBreaker {
  readonly state: CircuitState;
  isOpen(): boolean;
  tryAcquire(): BreakerPermit | BreakerRejection;
  recordSuccess(): void;
  recordFailure(error?: unknown): void;
  /** Closes the breaker and forgets all failures. */
  reset(): void;
}

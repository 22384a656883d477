/** What one call needs of the limits. */
export interface RateLimitRequest {
  /** Tokens the call is expected to use. @default 0 */
  readonly tokens?: number;
  /** Stops waiting; `acquire` rejects with its reason. */
  readonly signal?: AbortSignal;
  /** The moment, by `Clock.now()`, after which waiting is useless. */
  readonly deadline?: number;
  /** Higher goes first. @default 0 */
  readonly priority?: number;
}

/** Leave to make one call. */
export interface RateLimitPermit {
  /** Replaces the estimate by what the call really used; `available()` shows it at once. */
  settle(actual: { readonly tokens?: number }): void;
  /** Gives back what was taken: the call was never made. Only the first call counts. */
  release(): void;
}

/** One limit as a response's headers stated it. Times are milliseconds from when it was seen. */
export interface ObservedLimit {
  readonly limit?: number;
  readonly remaining?: number;
  readonly resetMs?: number;
}

/** The limits that a response's headers stated. */
export interface ObservedLimits {
  readonly requests?: ObservedLimit;
  readonly tokens?: ObservedLimit;
  /** Milliseconds for which the server asked for silence, with a 429. */
  readonly retryAfterMs?: number;
  /**
   * When, by `Clock.now()`, the request was sent that this answers: taken after its
   * permit. Tells which of two answers is newer, and what was given out since.
   */
  readonly sentAt?: number;
}

/** What may be taken at this moment; `Infinity` where there is no limit. */
export interface Availability {
  readonly requests: number;
  readonly tokens: number;
}

/**
 * Keeps calls within a provider's limits. A call takes from all limits together or
 * from none; calls of equal priority and size are served in order of arrival. A wait
 * that is aborted rejects at once, costs nobody else a turn, and leaves no listener.
 */
export interface RateLimiter {
  acquire(request?: RateLimitRequest): Promise<RateLimitPermit>;
  tryAcquire(request?: RateLimitRequest): RateLimitPermit | undefined;
  updateLimits(observed: ObservedLimits): void;
  available(): Availability;
}

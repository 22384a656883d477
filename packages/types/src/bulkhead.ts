/** What one call asks of a bulkhead. */
export interface BulkheadRequest {
  /** Stops waiting; `acquire` rejects with its reason. */
  readonly signal?: AbortSignal;
  /** The moment, by `Clock.now()`, after which waiting is useless. */
  readonly deadline?: number;
  /** Higher goes first. @default 0 */
  readonly priority?: number;
}

/** How the work under a permit went; bulkheads that adapt learn from it. */
export interface BulkheadOutcome {
  /** What the work failed with; left out when it succeeded. */
  readonly error?: unknown;
  /** Milliseconds to the first byte of the answer, or to its end where that is not known. */
  readonly latencyMs?: number;
}

/** A place among the calls in flight. */
export interface BulkheadPermit {
  /** Gives the place back. Only the first call counts. */
  release(outcome?: BulkheadOutcome): void;
}

/**
 * Bounds how many calls are in flight at a time. Calls of equal priority are served in
 * order of arrival; an aborted wait rejects at once and leaves no listener.
 */
export interface Bulkhead {
  acquire(request?: BulkheadRequest): Promise<BulkheadPermit>;
  tryAcquire(): BulkheadPermit | undefined;
}

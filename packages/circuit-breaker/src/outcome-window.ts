/** What a window holds, as plain JSON. Times are relative to the moment it was taken. */
export type WindowSnapshot =
  | { readonly type: 'consecutive'; readonly failures: number }
  | {
      readonly type: 'count';
      readonly size: number;
      /** Oldest first: 1 for a failed call, plus 2 for a slow one. */
      readonly outcomes: readonly number[];
    }
  | {
      readonly type: 'time';
      readonly durationMs: number;
      /** How much of the newest bucket's time had passed. */
      readonly intoBucketMs: number;
      /** Oldest first: calls, failures and slow calls of each bucket. */
      readonly buckets: readonly (readonly [calls: number, failures: number, slow: number])[];
    };

/** The outcomes that still count, and their sums. */
export interface OutcomeWindow {
  readonly calls: number;
  readonly failures: number;
  readonly slowCalls: number;
  /** Whether `record` needs the time; the others are spared reading the clock. */
  readonly timed: boolean;
  record(failed: boolean, slow: boolean, now: number): void;
  /** Forgets what is too old by now. */
  advance(now: number): void;
  clear(now: number): void;
  save(now: number): WindowSnapshot;
  /**
   * Takes over what was saved `elapsedMs` ago, or starts empty where that is of another
   * shape: with its size the meaning of what it counted changes.
   */
  load(snapshot: WindowSnapshot, now: number, elapsedMs: number): void;
}

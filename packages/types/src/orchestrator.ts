import type { CircuitState } from './circuit-breaker.ts';
import type { AttemptContext } from './retry.ts';

/** A line in which an attempt may have to wait. */
export type AttemptQueue = 'rate_limiter' | 'bulkhead';

/**
 * Told, in this order, what one attempt passes before its work begins; of parts that
 * are missing, nothing. What a method throws fails the attempt. Each `waiting` is
 * followed by one `admitted` or `refused`, and a `refused` by nothing.
 */
export interface AttemptObserver {
  /**
   * The breaker was looked at: before the queues, and once more if it refuses after them.
   *
   * @param allowed whether it lets the attempt through.
   */
  breakerChecked(state: CircuitState, allowed: boolean): void;
  /** The attempt has to wait in line. */
  waiting(queue: AttemptQueue): void;
  /** It got what it asked for, after so many milliseconds; 0 where it did not wait. */
  admitted(queue: AttemptQueue, waitedMs: number): void;
  /** It was turned away, or was stopped while it waited. */
  refused(queue: AttemptQueue, error: unknown): void;
}

/** What an execution may spend, and when it must stop. */
export interface ExecutionOptions {
  /** What the work is called in error messages, such as `openai chat.create`. @default 'The call' */
  readonly label?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for one attempt; replaces the orchestrator's own. 0 means no limit. */
  readonly attemptTimeout?: number;
  /** Milliseconds for everything together; replaces the orchestrator's own. 0 means no limit. */
  readonly totalTimeout?: number;
  /** What the limits should be charged before the truth is known. */
  readonly cost?: { readonly tokens?: number };
  /** Higher goes first where calls wait in line. @default 0 */
  readonly priority?: number;
  /**
   * Gives an observer for the attempt of that number, which counts from 1. Called
   * before anything else of the attempt; what it throws fails it. @default none
   */
  readonly observe?: (attempt: number) => AttemptObserver;
}

/** Runs async work under whatever protections it was built with. */
export interface Orchestrator {
  execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: ExecutionOptions,
  ): Promise<T>;
}

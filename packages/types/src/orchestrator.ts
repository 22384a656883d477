import type { AttemptContext } from './retry.ts';

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
}

/** Runs async work under whatever protections it was built with. */
export interface Orchestrator {
  execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: ExecutionOptions,
  ): Promise<T>;
}

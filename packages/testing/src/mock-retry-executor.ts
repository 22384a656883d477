import { DeadlineError } from '@integrations/errors';
import type {
  AttemptContext,
  Clock,
  RetryExecutionOptions,
  RetryExecutor,
  RetryPolicy,
} from '@integrations/types';

/** How a mock executor repeats. Give one of `retries` and `policy`. */
export interface MockRetryExecutorOptions {
  /** How often a failed operation is repeated, whatever it failed with. @default 0 */
  readonly retries?: number;
  /** Decides instead; its delays are recorded and not waited for. @default none */
  readonly policy?: RetryPolicy;
  /** Tells when a deadline has passed. @default none: deadlines are only recorded */
  readonly clock?: Clock;
}

/** One attempt as it went. */
export interface MockAttempt {
  /** Counts from 1. */
  readonly attempt: number;
  /** What it failed with. */
  readonly error?: unknown;
  readonly succeeded: boolean;
}

/** One call of `execute`. */
export interface MockExecution {
  readonly options: RetryExecutionOptions;
  /** Those that have ended. */
  readonly attempts: readonly MockAttempt[];
  /** The waits that the policy asked for, in milliseconds. */
  readonly delays: readonly number[];
}

class Execution implements MockExecution {
  readonly options: RetryExecutionOptions;
  readonly attempts: MockAttempt[] = [];
  readonly delays: number[] = [];

  constructor(options: RetryExecutionOptions) {
    this.options = options;
  }
}

/** Repeats failed operations without waiting, and keeps what it was asked and what came of it. */
export class MockRetryExecutor implements RetryExecutor {
  /** Every call of `execute`, in order. */
  readonly executions: readonly MockExecution[];
  readonly #executions: Execution[] = [];
  readonly #policy: RetryPolicy;
  readonly #clock: Clock | undefined;

  /** @throws RangeError when `retries` is not a whole number of 0 or more. */
  constructor({ retries = 0, policy, clock }: MockRetryExecutorOptions = {}) {
    if (!Number.isSafeInteger(retries) || retries < 0) {
      throw new RangeError(`retries must be a whole number of 0 or more, not ${retries}`);
    }
    this.executions = this.#executions;
    this.#policy = policy ?? {
      shouldRetry: (attempt) => attempt <= retries,
      calculateDelay: () => 0,
    };
    this.#clock = clock;
  }

  /** The attempts of all executions, in order of execution. */
  get attempts(): readonly MockAttempt[] {
    return this.#executions.flatMap(({ attempts }) => attempts);
  }

  /**
   * Rejects with the operation's last error, with the signal's reason when that is
   * aborted before an attempt, and with a DeadlineError when the clock is past the
   * deadline before one.
   */
  async execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options: RetryExecutionOptions = {},
  ): Promise<T> {
    const execution = new Execution(options);
    this.#executions.push(execution);
    const { signal } = options;
    for (let attempt = 1; ; attempt += 1) {
      this.#checkMayBegin(options);
      try {
        const result = await operation(signal === undefined ? { attempt } : { attempt, signal });
        execution.attempts.push({ attempt, succeeded: true });
        return result;
      } catch (error) {
        execution.attempts.push({ attempt, error, succeeded: false });
        if (!this.#policy.shouldRetry(attempt, error)) throw error;
        execution.delays.push(this.#policy.calculateDelay(attempt, error));
      }
    }
  }

  /** Forgets the executions so far. */
  clear(): void {
    this.#executions.length = 0;
  }

  #checkMayBegin({ signal, deadline }: RetryExecutionOptions): void {
    signal?.throwIfAborted();
    if (this.#clock === undefined || deadline === undefined) return;
    if (this.#clock.now() > deadline) {
      throw new DeadlineError('The deadline had passed before the attempt. Allow more time.');
    }
  }
}

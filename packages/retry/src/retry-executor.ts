import { abortReason, DeadlineError, wrongOption } from '@integrations/errors';
import type {
  AttemptContext,
  Clock,
  RetryExecutionOptions,
  RetryExecutor,
  RetryPolicy,
} from '@integrations/types';
import { ExponentialBackoff } from './exponential-backoff.ts';
import type { PerExecutionPolicy } from './per-execution-policy.ts';
import { Recovery } from './recovery.ts';
import {
  resolveSettings,
  type RetryExecutorOptions,
  type RetrySettings,
} from './retry-settings.ts';

import { startOperation } from './start-operation.ts';

/** Most calls need no other, so none is made for them. */
const FIRST_ATTEMPT: AttemptContext = Object.freeze({ attempt: 1 });

function checkDeadline(deadline: number, now: number): void {
  if (Number.isNaN(deadline)) {
    throw wrongOption('deadline', 'a moment by Clock.now() in milliseconds', deadline);
  }
  if (now > deadline) {
    throw new DeadlineError(
      'The deadline had passed before the first attempt, so none was made. Allow more time.',
    );
  }
}

/** @throws AbortedError, DeadlineError when the first attempt may not begin. */
function firstContext(options: RetryExecutionOptions, now: number): AttemptContext {
  const { signal, deadline } = options;
  if (signal?.aborted === true) throw abortReason(signal);
  if (deadline !== undefined) checkDeadline(deadline, now);
  return signal === undefined ? FIRST_ATTEMPT : { attempt: 1, signal };
}

class PolicyExecutor implements RetryExecutor {
  readonly #settings: RetrySettings;
  readonly #clock: Clock;
  readonly #onFirstSuccess: (<T>(result: T) => T) | undefined;

  constructor(settings: RetrySettings) {
    this.#settings = settings;
    this.#clock = settings.clock;
    const { budget } = settings;
    if (budget === undefined) return;
    this.#onFirstSuccess = (result) => {
      budget.deposit();
      return result;
    };
  }

  execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: RetryExecutionOptions,
  ): Promise<T> {
    const startedAt = this.#clock.now();
    let context = FIRST_ATTEMPT;
    if (options !== undefined) {
      try {
        context = firstContext(options, startedAt);
      } catch (error) {
        return Promise.reject(error);
      }
    }
    // Reactions, because an `await` would cost the successful call half as much again.
    return startOperation(operation, context).then<T, T>(this.#onFirstSuccess, (error: unknown) =>
      new Recovery(this.#settings, operation, options).run(error, startedAt),
    );
  }
}

/**
 * Makes an executor that repeats an operation as the policy says, waiting in
 * between. It may be shared: an execution has no state outside itself.
 *
 * `execute` rejects with the last error itself, which tells of every attempt
 * (`attemptsOf(error)`); with the abort reason, at once, when the signal aborts
 * during a wait, or when an attempt fails under an aborted signal; and with a
 * `DeadlineError` when the deadline is past before the first attempt. An attempt
 * under way is not raced against the signal: it is given the signal to heed, and a
 * result that it still delivers is kept. Whatever the policy, an operation that
 * retries inside multiplies the attempts: let only one layer retry.
 *
 * @throws ConfigurationError when the policy or an option is wrong.
 */
export function createRetryExecutor(
  policy: RetryPolicy | PerExecutionPolicy = new ExponentialBackoff(),
  options: RetryExecutorOptions = {},
): RetryExecutor {
  return new PolicyExecutor(resolveSettings(policy, options));
}

import { isIntegrationError } from '@integrations/errors';
import type { AttemptContext, RetryExecutionOptions, RetryExecutor } from '@integrations/types';
import pRetry from 'p-retry';

/** How a `PRetryExecutor` repeats. */
export interface PRetryExecutorOptions {
  /** Attempts after the first. */
  readonly retries: number;
}

/** Only what errors say of themselves counts. */
function isWorthAnother(error: unknown): boolean {
  return isIntegrationError(error) && error.retryable;
}

/** `RetryExecutor` over p-retry, as a team might write that has it already. */
export class PRetryExecutor implements RetryExecutor {
  readonly #retries: number;
  executions = 0;

  constructor({ retries }: PRetryExecutorOptions) {
    this.#retries = retries;
  }

  async execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    { signal }: RetryExecutionOptions = {},
  ): Promise<T> {
    this.executions += 1;
    const given = signal === undefined ? {} : { signal };
    return pRetry((attempt) => operation({ attempt, ...given }), {
      ...given,
      retries: this.#retries,
      minTimeout: 1,
      factor: 1,
      shouldRetry: ({ error }) => isWorthAnother(error),
    });
  }
}

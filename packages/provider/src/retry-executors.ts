import { ConfigurationError, wholeOption } from '@integrations/errors';
import { createRetryExecutor, ExponentialBackoff, type RetryBudget } from '@integrations/retry';
import type { Clock, Logger, RetryExecutor } from '@integrations/types';
import { isInstance } from './protection-checks.ts';
import type { ResilienceClientOptions, RetrySettings } from './resilience-options.ts';

/** What the executors of one client are made with. */
export interface RetryTerms {
  readonly clock: Clock;
  /** What all retries together may spend. */
  readonly budget: RetryBudget;
  /** Told when a listener throws. @default nobody */
  readonly logger?: Logger;
}

const MAX_RETRIES = 2;

/** Callers choose numbers of retries, so what is kept for them is bounded. */
const MOST_KEPT = 500;

/** @throws ConfigurationError for a number of retries that cannot be one. */
export function checkMaxRetries(maxRetries: number): number {
  return wholeOption('maxRetries', maxRetries, { least: 0 });
}

/** What repeats the calls of one client: an executor for each number of retries. */
export class RetryExecutors {
  readonly #retry: NonNullable<ResilienceClientOptions['retry']>;
  readonly #maxRetries: number;
  readonly #terms: RetryTerms;
  readonly #executors = new Map<number, RetryExecutor | undefined>();

  /** @throws ConfigurationError for a number of retries that cannot be one. */
  constructor(
    { retry = {}, maxRetries = MAX_RETRIES }: Pick<ResilienceClientOptions, 'retry' | 'maxRetries'>,
    terms: RetryTerms,
  ) {
    this.#retry = retry;
    this.#maxRetries = checkMaxRetries(maxRetries);
    this.#terms = terms;
  }

  /**
   * The retries of a call that may ask for a number of its own.
   *
   * @throws ConfigurationError for one that cannot be.
   */
  count(maxRetries: number | undefined): number {
    return maxRetries === undefined ? this.#maxRetries : checkMaxRetries(maxRetries);
  }

  /**
   * The executor of so many retries; undefined where there are to be none.
   *
   * @throws ConfigurationError for settings that cannot be right.
   */
  find(retries: number): RetryExecutor | undefined {
    if (this.#executors.has(retries)) return this.#executors.get(retries);
    const executor = this.#createExecutor(retries);
    if (this.#executors.size < MOST_KEPT) this.#executors.set(retries, executor);
    return executor;
  }

  #createExecutor(retries: number): RetryExecutor | undefined {
    const retry = this.#retry;
    if (retry === false) return undefined;
    if (isInstance<RetryExecutor>('retry', retry, 'a retry executor', ['execute'])) return retry;
    if ('calculateDelay' in retry) {
      throw new ConfigurationError(
        '`retry` is a policy. Pass createRetryExecutor(policy), or settings.',
      );
    }
    return this.#backOff(retry, retries);
  }

  #backOff(settings: RetrySettings, retries: number): RetryExecutor {
    const { clock, logger, budget: shared } = this.#terms;
    const { maxRetryAfter, budget = shared, onRetry, onStop, ...backOff } = settings;
    return createRetryExecutor(new ExponentialBackoff({ ...backOff, maxAttempts: retries + 1 }), {
      clock,
      logger,
      maxRetryAfter,
      budget,
      onRetry,
      onStop,
    });
  }
}

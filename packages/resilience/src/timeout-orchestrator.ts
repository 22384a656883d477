import { abortReason, type IntegrationError } from '@integrations/errors';
import {
  type AttemptContext,
  type Clock,
  type ExecutionOptions,
  type Orchestrator,
  type RetryExecutor,
  systemClock,
} from '@integrations/types';
import { attemptTimedOut, totalTimedOut } from './timed-out.ts';
import { checkTimeout } from './timeout-check.ts';

/** What a `TimeoutOrchestrator` runs work with. */
export interface TimeoutOrchestratorOptions {
  /** Repeats failed attempts. @default one attempt */
  readonly retry?: RetryExecutor | undefined;
  /** Milliseconds for one attempt; 0 means no limit. @default 0 */
  readonly attemptTimeout?: number | undefined;
  /** Milliseconds for all attempts and waits together; 0 means no limit. @default 0 */
  readonly totalTimeout?: number | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/** Until when somebody waits for a piece of work. */
interface Bounds {
  readonly clock: Clock;
  /** 0 for no limit. */
  readonly ms: number;
  readonly timedOut: (label: string, ms: number) => IntegrationError;
  readonly signal: AbortSignal | undefined;
  readonly label: string;
}

/** Runs work until it ends, its time is up or its signal is aborted, whether or not it listens. */
function runWithin<T>(
  { clock, ms, timedOut, signal, label }: Bounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw abortReason(signal, label);
    const controller = new AbortController();
    const stop = (error: IntegrationError): void => {
      end();
      reject(error);
      controller.abort(error);
    };
    const onAbort = (): void => {
      if (signal !== undefined) stop(abortReason(signal, label));
    };
    const timer = ms > 0 ? clock.schedule(() => stop(timedOut(label, ms)), ms) : undefined;
    const end = (): void => {
      timer?.[Symbol.dispose]();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort);
    work(controller.signal).finally(end).then(resolve, reject);
  });
}

/**
 * Runs async work under its timeouts, its caller's signal and retries, and nothing
 * else: the small sibling of `ResilienceOrchestrator`, for where every kilobyte counts.
 */
export class TimeoutOrchestrator implements Orchestrator {
  readonly #retry: RetryExecutor | undefined;
  readonly #attemptTimeout: number;
  readonly #totalTimeout: number;
  readonly #clock: Clock;

  /** @throws ConfigurationError for a timeout that is negative or not a number. */
  constructor(options: TimeoutOrchestratorOptions = {}) {
    this.#retry = options.retry;
    this.#attemptTimeout = checkTimeout('attemptTimeout', options.attemptTimeout ?? 0);
    this.#totalTimeout = checkTimeout('totalTimeout', options.totalTimeout ?? 0);
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * @throws ConfigurationError for a timeout that is negative or not a number; nothing was run.
   * @throws AbortedError when the caller's signal aborts, or the signal's reason where that is typed.
   * @throws AttemptTimeoutError, TotalTimeoutError when time is up, and whatever the operation throws.
   */
  async execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options: ExecutionOptions = {},
  ): Promise<T> {
    const { label = 'The call', signal } = options;
    const attemptMs = checkTimeout(
      'attemptTimeout',
      options.attemptTimeout ?? this.#attemptTimeout,
    );
    const totalMs = checkTimeout('totalTimeout', options.totalTimeout ?? this.#totalTimeout);
    const clock = this.#clock;
    const deadline = totalMs > 0 ? clock.now() + totalMs : undefined;
    return runWithin(
      { clock, ms: totalMs, timedOut: totalTimedOut, signal, label },
      async (whole) => {
        const attempt = (number: number, context: AbortSignal = whole): Promise<T> =>
          runWithin(
            { clock, ms: attemptMs, timedOut: attemptTimedOut, signal: context, label },
            async (one) => operation({ attempt: number, signal: one }),
          );
        if (this.#retry === undefined) return attempt(1);
        return this.#retry.execute((context) => attempt(context.attempt, context.signal), {
          signal: whole,
          deadline,
        });
      },
    );
  }
}

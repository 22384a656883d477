import {
  AbortedError,
  abortReason,
  countOption,
  durationOption,
  type IntegrationError,
} from '@integrations/errors';
import { type AttemptContext, type Clock, type Duration, systemClock } from '@integrations/types';
import { type FailedAttempt, tellAttempts } from './failed-attempt.ts';
import type { RetryAllowance } from './retry-budget.ts';
import { startOperation } from './start-operation.ts';

/** Options of `hedge`. */
export interface HedgeOptions {
  /**
   * How long an attempt may go unanswered before another joins it: milliseconds or
   * `'2s'`. The 95th percentile of the operation's latency is a good start.
   */
  readonly delay: Duration;
  /** How many attempts may join the first; 0 turns hedging off. @default 1 */
  readonly maxHedges?: number | undefined;
  /** Pays for the attempts that join; share it with the retries. @default none */
  readonly budget?: RetryAllowance | undefined;
  /** Ends all attempts. @default none */
  readonly signal?: AbortSignal | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

interface HedgeSettings {
  readonly delayMs: number;
  readonly maxHedges: number;
  readonly budget: RetryAllowance | undefined;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

interface Runner {
  readonly controller: AbortController;
  readonly startedAt: number;
  /** What a hedge was paid with. */
  readonly paid: number | undefined;
}

class Race<T> {
  readonly #operation: (attempt: AttemptContext) => Promise<T>;
  readonly #settings: HedgeSettings;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  readonly #running = new Set<Runner>();
  readonly #failed: FailedAttempt[] = [];
  readonly #onAbort = (): void => this.#abort();
  #timer: Disposable | undefined;
  #started = 0;
  #hedgesDue = 0;
  #over = false;

  constructor(
    operation: (attempt: AttemptContext) => Promise<T>,
    settings: HedgeSettings,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.#operation = operation;
    this.#settings = settings;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    this.#settings.signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#start(undefined);
    this.#arm();
  }

  #start(paid: number | undefined): void {
    const controller = new AbortController();
    const runner: Runner = { controller, startedAt: this.#settings.clock.now(), paid };
    this.#running.add(runner);
    this.#started += 1;
    const context = { attempt: this.#started, signal: controller.signal };
    startOperation(this.#operation, context).then(
      (value) => this.#win(runner, value),
      (error: unknown) => this.#lose(runner, error),
    );
  }

  #arm(): void {
    const { clock, delayMs, maxHedges } = this.#settings;
    if (this.#hedgesDue >= maxHedges) return;
    this.#timer = clock.schedule(() => this.#hedge(), delayMs);
  }

  #hedge(): void {
    this.#hedgesDue += 1;
    const { budget } = this.#settings;
    const paid = budget?.tryWithdraw();
    if (budget === undefined || paid !== undefined) this.#start(paid);
    this.#arm();
  }

  #win(runner: Runner, value: T): void {
    if (this.#over) return;
    this.#running.delete(runner);
    this.#finish();
    this.#settings.budget?.deposit(runner.paid);
    this.#abortRunning(
      new AbortedError('Another attempt of the hedged call answered first; this one was ended.'),
    );
    this.#resolve(value);
  }

  #lose(runner: Runner, error: unknown): void {
    this.#running.delete(runner);
    this.#failed.push({ error, delayMs: 0, startedAt: runner.startedAt });
    if (this.#running.size === 0) this.#fail(error);
  }

  #abort(): void {
    // In a microtask, so that a result which is there already is kept.
    queueMicrotask(() => this.#fail(undefined));
    const { signal } = this.#settings;
    if (signal !== undefined) this.#abortRunning(abortReason(signal));
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#finish();
    const { signal } = this.#settings;
    const final = signal?.aborted === true ? abortReason(signal) : error;
    this.#reject(tellAttempts(final, this.#failed));
  }

  #finish(): void {
    this.#over = true;
    this.#timer?.[Symbol.dispose]();
    this.#settings.signal?.removeEventListener('abort', this.#onAbort);
  }

  #abortRunning(reason: IntegrationError): void {
    for (const { controller } of this.#running) controller.abort(reason);
  }
}

/**
 * Runs an operation, and again beside the first when that has not answered after
 * `delay`; the first success wins and the others are ended through their own
 * `signal`. It cuts the slowest answers at the price of a few more calls, so only
 * for operations that may run twice.
 *
 * Rejects with the last error when every attempt that was started has failed (a
 * failure starts none: that is a retry's part), and with the abort reason at once
 * when the signal aborts, but for a result that is there already. `attemptsOf(error)`
 * tells of the attempts.
 *
 * @throws ConfigurationError when an option is wrong; nothing was run.
 */
export async function hedge<T>(
  operation: (attempt: AttemptContext) => Promise<T>,
  options: HedgeOptions,
): Promise<T> {
  const { signal } = options;
  const settings: HedgeSettings = {
    delayMs: durationOption('delay', options.delay),
    maxHedges: countOption('maxHedges', options.maxHedges ?? 1, { least: 0 }),
    budget: options.budget,
    signal,
    clock: options.clock ?? systemClock,
  };
  if (signal?.aborted === true) throw abortReason(signal);
  return new Promise((resolve, reject) => {
    new Race(operation, settings, resolve, reject).begin();
  });
}

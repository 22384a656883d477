import { abortReason } from '@integrations/errors';
import type { AttemptContext, RetryExecutionOptions, RetryPolicy } from '@integrations/types';
import { type FailedAttempt, type StopReason, tellAttempts } from './failed-attempt.ts';
import { provesNothingDone } from './is-retryable.ts';
import { startPolicy } from './per-execution-policy.ts';
import { isPermanent } from './permanent.ts';
import { delayAfter, retryAfterOf } from './retry-delay.ts';
import { notify } from './retry-events.ts';
import type { RetrySettings } from './retry-settings.ts';

/** What follows the first failure of one execution. */
export class Recovery<T> {
  readonly #settings: RetrySettings;
  readonly #policy: RetryPolicy;
  readonly #operation: (attempt: AttemptContext) => Promise<T>;
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;
  readonly #failed: FailedAttempt[] = [];
  /** What the retry under way was paid with. */
  #paid: number | undefined;

  constructor(
    settings: RetrySettings,
    operation: (attempt: AttemptContext) => Promise<T>,
    options: RetryExecutionOptions | undefined,
  ) {
    this.#settings = settings;
    this.#policy = startPolicy(settings.policy);
    this.#operation = operation;
    this.#signal = options?.retrySignal?.() ?? options?.signal;
    this.#deadline = options?.deadline ?? Number.POSITIVE_INFINITY;
  }

  /** Tries again until an attempt succeeds or none may follow; then throws the last error. */
  async run(firstError: unknown, firstStartedAt: number): Promise<T> {
    let error = firstError;
    let startedAt = firstStartedAt;
    for (let attempt = 1; ; attempt += 1) {
      await this.#backOff(attempt, error, startedAt);
      startedAt = this.#settings.clock.now();
      try {
        const result = await this.#operation(this.#context(attempt + 1));
        this.#giveBack();
        return result;
      } catch (reason) {
        error = reason;
      }
    }
  }

  #context(attempt: number): AttemptContext {
    return this.#signal === undefined ? { attempt } : { attempt, signal: this.#signal };
  }

  /** Returns when the next attempt may begin; throws where none may. */
  async #backOff(attempt: number, error: unknown, startedAt: number): Promise<void> {
    const { clock, onRetry, logger } = this.#settings;
    const refusal = this.#refusal(attempt, error);
    if (refusal !== undefined) this.#stop(error, startedAt, 0, refusal);
    const delayMs = delayAfter(this.#policy, attempt, error, this.#settings.random);
    if (clock.now() + delayMs > this.#deadline) this.#stop(error, startedAt, 0, 'deadline');
    if (!this.#pay(error)) this.#stop(error, startedAt, 0, 'budget');

    notify(onRetry, { attempt, error, delayMs }, logger);
    await this.#sleep(error, startedAt, delayMs);
    if (this.#signal?.aborted === true) this.#cancel(error, startedAt, delayMs, 'aborted');
    // The timer may have come late.
    if (clock.now() > this.#deadline) this.#cancel(error, startedAt, delayMs, 'deadline');
    this.#failed.push({ error, delayMs, startedAt });
  }

  async #sleep(error: unknown, startedAt: number, delayMs: number): Promise<void> {
    try {
      await this.#settings.clock.sleep(delayMs, this.#signal);
    } catch (reason) {
      if (this.#signal?.aborted === true) this.#cancel(error, startedAt, delayMs, 'aborted');
      this.#giveBack();
      throw reason;
    }
  }

  /** Why the failure is final, by what it is; time and budget come after. */
  #refusal(attempt: number, error: unknown): StopReason | undefined {
    if (this.#signal?.aborted === true) return 'aborted';
    if (isPermanent(error)) return 'permanent';
    if (!this.#policy.shouldRetry(attempt, error)) return 'policy';
    if (!this.#settings.isIdempotent && !provesNothingDone(error)) return 'not_idempotent';
    if ((retryAfterOf(error) ?? 0) > this.#settings.maxRetryAfterMs) return 'retry_after';
    return undefined;
  }

  #pay(error: unknown): boolean {
    const { budget } = this.#settings;
    if (budget === undefined) return true;
    this.#paid = budget.tryWithdraw(error);
    return this.#paid !== undefined;
  }

  /** For a retry that succeeded, or was not made after all. */
  #giveBack(): void {
    if (this.#paid !== undefined) this.#settings.budget?.deposit(this.#paid);
    this.#paid = undefined;
  }

  /** Ends a retry that was paid for and not made. */
  #cancel(error: unknown, startedAt: number, delayMs: number, reason: StopReason): never {
    this.#giveBack();
    return this.#stop(error, startedAt, delayMs, reason);
  }

  #stop(error: unknown, startedAt: number, delayMs: number, stopped: StopReason): never {
    this.#failed.push({ error, delayMs, startedAt, stopped });
    const attempt = this.#failed.length;
    notify(this.#settings.onStop, { attempt, error, reason: stopped }, this.#settings.logger);
    const final =
      stopped === 'aborted' && this.#signal !== undefined ? abortReason(this.#signal) : error;
    throw tellAttempts(final, this.#failed);
  }
}

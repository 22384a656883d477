import { AbortedError, abortReason, type IntegrationError } from '@integrations/errors';
import type {
  AttemptContext,
  AttemptObserver,
  ExecutionOptions,
  RetryExecutionOptions,
} from '@integrations/types';
import { Alarm } from './alarm.ts';
import { Attempt, type AttemptTerms } from './attempt.ts';
import type { Protections } from './protections.ts';
import { totalTimedOut } from './timed-out.ts';
import { checkTimeout } from './timeout-check.ts';

const NO_OPTIONS: RetryExecutionOptions = Object.freeze({});
const ONLY_ATTEMPT: AttemptContext = Object.freeze({ attempt: 1 });

/**
 * One execution: the total deadline and the caller's signal over all its attempts.
 * There is one listener and one timer for them, whatever the number of attempts.
 */
export class Execution<T> implements AttemptTerms<T> {
  readonly protections: Protections;
  readonly label: string;
  readonly operation: (attempt: AttemptContext) => Promise<T>;
  readonly attemptTimeoutMs: number;
  readonly cost: { readonly tokens: number; readonly priority: number };
  readonly observe: ((attempt: number) => AttemptObserver) | undefined;
  deadline: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #totalTimeoutMs: number;
  readonly #attempts: Attempt<T>[] = [];
  #alarm: Alarm | undefined;
  /** Ends the waits of the retry. */
  #controller: AbortController | undefined;
  #stoppedBy: IntegrationError | undefined;
  #isOver = false;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    protections: Protections,
    timeouts: { readonly attempt: number; readonly total: number },
    operation: (attempt: AttemptContext) => Promise<T>,
    options: ExecutionOptions,
  ) {
    this.protections = protections;
    this.operation = operation;
    this.#signal = options.signal;
    this.observe = options.observe;
    this.label = options.label ?? 'The call';
    this.cost = { tokens: options.cost?.tokens ?? 0, priority: options.priority ?? 0 };
    this.attemptTimeoutMs = checkTimeout(
      'attemptTimeout',
      options.attemptTimeout ?? timeouts.attempt,
    );
    this.#totalTimeoutMs = checkTimeout('totalTimeout', options.totalTimeout ?? timeouts.total);
  }

  run(): Promise<T> {
    const signal = this.#signal;
    if (signal?.aborted) return Promise.reject(abortReason(signal, this.label));
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      signal?.addEventListener('abort', this);
      try {
        const startedAt = this.#startTime();
        // An executor of somebody's own may not give a promise of the platform's.
        Promise.resolve(this.#start()).then(
          (value) => this.#succeeded(value, resolve),
          (error: unknown) => this.#failed(error),
        );
        // An attempt that has begun may have set it to an earlier moment.
        if (this.deadline !== undefined) this.watch(this.deadline, startedAt);
      } catch (error) {
        this.#failed(error);
      }
    });
  }

  /** The caller's signal was aborted. */
  handleEvent(): void {
    if (this.#signal !== undefined) this.#stop(abortReason(this.#signal, this.label));
  }

  watch(at: number, now: number): void {
    if (this.#isOver) return;
    this.#alarm ??= new Alarm(this.protections.clock, (ringsAt) => this.checkTime(ringsAt));
    this.#alarm.set(at, now);
  }

  checkTime(now: number): void {
    if (this.deadline !== undefined && this.deadline <= now) {
      this.#stop(totalTimedOut(this.label, this.#totalTimeoutMs));
    }
    let next = this.deadline ?? Number.POSITIVE_INFINITY;
    for (const attempt of this.#attempts) {
      if (!attempt.isUnsettled) continue;
      if (attempt.dueAt <= now) attempt.timeOut();
      else next = Math.min(next, attempt.dueAt);
    }
    if (next < Number.POSITIVE_INFINITY) this.watch(next, now);
  }

  #startTime(): number {
    if (this.#totalTimeoutMs === 0) return 0;
    const now = this.protections.clock.now();
    this.deadline = now + this.#totalTimeoutMs;
    return now;
  }

  #start(): Promise<T> {
    const { retry } = this.protections;
    if (retry === undefined) return this.#attempt(ONLY_ATTEMPT);
    return retry.execute((context) => this.#attempt(context), this.#retryOptions());
  }

  /** What comes after a failure has a signal of our own: it ends at the deadline too, and its reason names the call. */
  #retryOptions(): RetryExecutionOptions {
    const signal = this.#signal;
    const { deadline } = this;
    if (signal === undefined && deadline === undefined) return NO_OPTIONS;
    return { signal, deadline, retrySignal: () => this.#retrySignal() };
  }

  #retrySignal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stoppedBy !== undefined) this.#controller.abort(this.#stoppedBy);
    return this.#controller.signal;
  }

  #attempt(context: AttemptContext): Promise<T> {
    if (this.#isOver) return Promise.reject(this.#stoppedBy ?? this.#needless());
    return new Promise((resolve, reject) => {
      const attempt = new Attempt(context.attempt, this, resolve, reject);
      this.#attempts.push(attempt);
      attempt.start(this.#isOurs(context.signal) ? undefined : context.signal);
    });
  }

  /** An executor that lets attempts race ends the losers by signals of its own. */
  #isOurs(signal: AbortSignal | undefined): boolean {
    return signal === this.#signal || signal === this.#controller?.signal;
  }

  /** Attempts first: so the executor can tell of them on the error before the caller sees it. */
  #stop(error: IntegrationError): void {
    if (this.#isOver) return;
    this.#stoppedBy = error;
    this.#unwatch();
    for (const attempt of this.#attempts) attempt.stop(error);
    this.#controller?.abort(error);
    this.#reject?.(error);
  }

  #succeeded(value: T, resolve: (value: T) => void): void {
    if (this.#isOver) return;
    this.#unwatch();
    for (const attempt of this.#attempts) if (attempt.isUnsettled) attempt.stop(this.#needless());
    resolve(value);
  }

  /** What an attempt may have answered is given to nobody. */
  #failed(error: unknown): void {
    if (this.#isOver) return;
    this.#unwatch();
    for (const attempt of this.#attempts) if (!attempt.isOver) attempt.stop(this.#needless());
    this.#reject?.(error);
  }

  #unwatch(): void {
    this.#isOver = true;
    this.#alarm?.[Symbol.dispose]();
    this.#signal?.removeEventListener('abort', this);
  }

  #needless(): AbortedError {
    return new AbortedError(`${this.label} had ended, so this attempt at it was ended as well.`);
  }
}

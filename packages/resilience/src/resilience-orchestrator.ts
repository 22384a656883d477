import { AttemptTimeoutError, ConfigurationError, TotalTimeoutError } from '@integrations/errors';
import {
  type AttemptContext,
  type Clock,
  type ExecutionOptions,
  type Orchestrator,
  systemClock,
} from '@integrations/types';
import { runWithin } from './time-limit.ts';

/** What an orchestrator protects its work with. */
export interface ResilienceOptions {
  /** Milliseconds for one attempt; 0 means no limit. @default 60_000 */
  readonly attemptTimeout?: number;
  /** Milliseconds for all attempts and waits together; 0 means no limit. @default 0 */
  readonly totalTimeout?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** `spec/` gives OPENAI_TIMEOUT 60 seconds by default. */
const ATTEMPT_TIMEOUT_MS = 60_000;

function checkLimit(option: string, ms: number): number {
  if (typeof ms === 'number' && ms >= 0) return ms;
  throw new ConfigurationError(
    `\`${option}\` must be a number of milliseconds, 0 or more (0 means no limit), not ${String(ms)}.`,
  );
}

/** Runs async work under a total deadline and a timeout for the attempt. */
export class ResilienceOrchestrator implements Orchestrator {
  readonly #attemptTimeout: number;
  readonly #totalTimeout: number;
  readonly #clock: Clock;

  /** @throws ConfigurationError for a timeout that is negative or not a number. */
  constructor(options: ResilienceOptions = {}) {
    this.#attemptTimeout = checkLimit(
      'attemptTimeout',
      options.attemptTimeout ?? ATTEMPT_TIMEOUT_MS,
    );
    this.#totalTimeout = checkLimit('totalTimeout', options.totalTimeout ?? 0);
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Runs the operation once. It is given a signal unless nothing can stop it: no
   * limit, and no signal of the caller's.
   *
   * @throws ConfigurationError for a timeout that is negative or not a number; nothing was run.
   * @throws AbortedError when the caller's signal aborts, or the signal's reason where that is typed.
   * @throws AttemptTimeoutError, TotalTimeoutError when time is up.
   */
  async execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options: ExecutionOptions = {},
  ): Promise<T> {
    const label = options.label ?? 'The call';
    const totalMs = checkLimit('totalTimeout', options.totalTimeout ?? this.#totalTimeout);
    const attemptMs = checkLimit('attemptTimeout', options.attemptTimeout ?? this.#attemptTimeout);
    const expired = (): TotalTimeoutError =>
      new TotalTimeoutError(
        `${label} took longer than the ${totalMs} ms allowed for all its attempts. Raise \`totalTimeout\` if that is too short.`,
      );
    return runWithin(
      { clock: this.#clock, ms: totalMs, signal: options.signal, label, expired },
      (signal) => this.#attempt(operation, attemptMs, signal, label),
    );
  }

  #attempt<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    ms: number,
    signal: AbortSignal | undefined,
    label: string,
  ): Promise<T> {
    const expired = (): AttemptTimeoutError =>
      new AttemptTimeoutError(
        `${label} had no complete answer within ${ms} ms. Raise \`timeout\` if that is too short, or ask for a stream.`,
      );
    return runWithin({ clock: this.#clock, ms, signal, label, expired }, (attemptSignal) =>
      operation({
        attempt: 1,
        ...(attemptSignal === undefined ? {} : { signal: attemptSignal }),
      }),
    );
  }
}

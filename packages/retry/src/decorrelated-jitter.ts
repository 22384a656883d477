import type { RetryPolicy } from '@integrations/types';
import {
  allowsAnother,
  type BackoffOptions,
  type BackoffSettings,
  ceilingAfter,
  resolveBackoff,
} from './backoff-options.ts';
import type { PerExecutionPolicy } from './per-execution-policy.ts';

function drawDelay(settings: BackoffSettings, previousMs: number): number {
  const { initialMs, maxMs, factor, random } = settings;
  const highest = factor * previousMs;
  const drawn = initialMs + random() * (highest - initialMs);
  // The sum may round to a hair above `highest`.
  return Math.min(maxMs, highest, drawn);
}

/** Knows the previous wait of its one execution. */
class DecorrelatedExecution implements RetryPolicy {
  readonly #settings: BackoffSettings;
  #previousMs: number;

  constructor(settings: BackoffSettings) {
    this.#settings = settings;
    this.#previousMs = settings.initialMs;
  }

  shouldRetry(attempt: number, error: unknown): boolean {
    return allowsAnother(this.#settings, attempt, error);
  }

  calculateDelay(_attempt: number, _error: unknown): number {
    this.#previousMs = drawDelay(this.#settings, this.#previousMs);
    return this.#previousMs;
  }
}

/**
 * Waits between `initialDelay` and `factor` times the previous wait, at most
 * `maxDelay`: clients that failed together spread out, and none comes back at once.
 *
 * The previous wait belongs to an execution: `start()` gives a policy for one.
 * Called straight, `calculateDelay` knows no previous wait and takes the longest
 * that it could have been.
 */
export class DecorrelatedJitter implements PerExecutionPolicy {
  readonly #settings: BackoffSettings;

  /** @throws ConfigurationError that names the option which is wrong. */
  constructor(options: BackoffOptions = {}) {
    this.#settings = resolveBackoff(options, 3);
  }

  start(): RetryPolicy {
    return new DecorrelatedExecution(this.#settings);
  }

  shouldRetry(attempt: number, error: unknown): boolean {
    return allowsAnother(this.#settings, attempt, error);
  }

  calculateDelay(attempt: number, _error: unknown): number {
    return drawDelay(this.#settings, ceilingAfter(this.#settings, attempt));
  }
}

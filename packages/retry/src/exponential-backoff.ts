import { wrongOption } from '@integrations/errors';
import type { RetryPolicy } from '@integrations/types';
import {
  allowsAnother,
  type BackoffOptions,
  type BackoffSettings,
  ceilingAfter,
  resolveBackoff,
} from './backoff-options.ts';
import { DecorrelatedJitter } from './decorrelated-jitter.ts';
import type { PerExecutionPolicy } from './per-execution-policy.ts';

/**
 * How chance spreads the waits of clients that failed together, where `ceiling` is
 * `initialDelay * factor ** (attempt - 1)`, at most `maxDelay`.
 *
 * - `full`: from 0 to the ceiling.
 * - `equal`: from half the ceiling to the ceiling.
 * - `decorrelated`: as `DecorrelatedJitter`.
 * - `none`: the ceiling.
 */
export type Jitter = 'full' | 'equal' | 'decorrelated' | 'none';

/** Options of `ExponentialBackoff`. */
export interface ExponentialBackoffOptions extends BackoffOptions {
  /** @default 'full' */
  readonly jitter?: Jitter | undefined;
}

/** The part of the ceiling that chance decides. */
const SPREADS: ReadonlyMap<string, number> = new Map([
  ['full', 1],
  ['equal', 0.5],
  ['decorrelated', 1],
  ['none', 0],
]);

function spreadOf(jitter: string): number {
  const spread = SPREADS.get(jitter);
  if (spread !== undefined) return spread;
  throw wrongOption('jitter', "'full', 'equal', 'decorrelated' or 'none'", jitter);
}

/** Waits longer after each failure, spread by jitter. It has no state: share one freely. */
export class ExponentialBackoff implements PerExecutionPolicy {
  readonly #settings: BackoffSettings;
  readonly #spread: number;
  readonly #decorrelated: DecorrelatedJitter | undefined;

  /** @throws ConfigurationError that names the option which is wrong. */
  constructor(options: ExponentialBackoffOptions = {}) {
    const jitter = options.jitter ?? 'full';
    this.#settings = resolveBackoff(options, 2);
    this.#decorrelated = jitter === 'decorrelated' ? new DecorrelatedJitter(options) : undefined;
    this.#spread = spreadOf(jitter);
  }

  start(): RetryPolicy {
    return this.#decorrelated?.start() ?? this;
  }

  shouldRetry(attempt: number, error: unknown): boolean {
    return allowsAnother(this.#settings, attempt, error);
  }

  calculateDelay(attempt: number, error: unknown): number {
    if (this.#decorrelated !== undefined) return this.#decorrelated.calculateDelay(attempt, error);
    const ceiling = ceilingAfter(this.#settings, attempt);
    if (this.#spread === 0) return ceiling;
    const certain = ceiling * (1 - this.#spread);
    return Math.min(ceiling, certain + this.#settings.random() * ceiling * this.#spread);
  }
}

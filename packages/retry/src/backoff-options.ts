import { countOption, durationOption, finiteOption, wrongOption } from '@integrations/errors';
import { type Duration, type RandomSource, systemRandom } from '@integrations/types';
import { isRetryable } from './is-retryable.ts';

/** Whether a failure is worth another try; `attempt` counts from 1. */
export type RetryClassifier = (error: unknown, attempt: number) => boolean;

/** What every back-off policy is made from. */
export interface BackoffOptions {
  /** How often the operation may run, the first time included; `Infinity` for no limit. @default 3 */
  readonly maxAttempts?: number | undefined;
  /** The first wait, before jitter: milliseconds or `'100ms'`. @default 100 */
  readonly initialDelay?: Duration | undefined;
  /** No wait is longer, jitter included: milliseconds or `'30s'`. @default 30_000 */
  readonly maxDelay?: Duration | undefined;
  /**
   * How much longer each wait may be than the one before, 1 or more.
   * @default 2, and 3 for decorrelated jitter
   */
  readonly factor?: number | undefined;
  /** Where jitter comes from. @default the platform's random numbers */
  readonly random?: RandomSource | undefined;
  /** Replaces the default classification. @default isRetryable */
  readonly shouldRetry?: RetryClassifier | undefined;
}

/** Checked options. */
export interface BackoffSettings {
  readonly maxAttempts: number;
  readonly initialMs: number;
  readonly maxMs: number;
  readonly factor: number;
  readonly random: RandomSource;
  readonly shouldRetry: RetryClassifier;
}

/** @throws ConfigurationError that names the option which is wrong. */
export function resolveBackoff(options: BackoffOptions, defaultFactor: number): BackoffSettings {
  const initialMs = durationOption('initialDelay', options.initialDelay ?? 100);
  const maxMs = durationOption('maxDelay', options.maxDelay ?? 30_000);
  if (maxMs < initialMs) {
    throw wrongOption('maxDelay', `\`initialDelay\` (${initialMs} ms) or more`, maxMs);
  }
  return {
    maxAttempts: countOption('maxAttempts', options.maxAttempts ?? 3, { least: 1 }),
    initialMs,
    maxMs,
    factor: finiteOption('factor', options.factor ?? defaultFactor, { least: 1 }),
    random: options.random ?? systemRandom,
    shouldRetry: options.shouldRetry ?? isRetryable,
  };
}

/** Whether the settings allow an attempt after the failed one. */
export function allowsAnother(settings: BackoffSettings, attempt: number, error: unknown): boolean {
  return attempt < settings.maxAttempts && settings.shouldRetry(error, attempt);
}

/** The longest wait after a failed attempt: it grows by the factor, up to the maximum. */
export function ceilingAfter(settings: BackoffSettings, attempt: number): number {
  // Infinity times 0 would be NaN.
  if (settings.initialMs === 0) return 0;
  return Math.min(settings.maxMs, settings.initialMs * settings.factor ** (attempt - 1));
}

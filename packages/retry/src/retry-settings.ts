import { ConfigurationError, durationOption } from '@integrations/errors';
import {
  type Clock,
  type Duration,
  type Logger,
  noopLogger,
  type RandomSource,
  type RetryPolicy,
  systemClock,
  systemRandom,
} from '@integrations/types';
import type { PerExecutionPolicy } from './per-execution-policy.ts';
import type { RetryAllowance } from './retry-budget.ts';
import type { RetryEvent, StopEvent } from './retry-events.ts';

/** Options of `createRetryExecutor`. */
export interface RetryExecutorOptions {
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
  /** Spreads the waits that the server asks for. @default the platform's random numbers */
  readonly random?: RandomSource | undefined;
  /** Pays for the retries; without one, only the policy bounds them. @default none */
  readonly budget?: RetryAllowance | undefined;
  /**
   * The longest wait that the server may ask for (`retryAfterMs` of the error):
   * milliseconds or `'2m'`. Asked for a longer one, the error surfaces at once.
   * @default 120_000
   */
  readonly maxRetryAfter?: Duration | undefined;
  /**
   * Whether the work may safely be done twice. If not, only failures are retried
   * which tell that none of it was done: the codes `rate_limit`, `overloaded`,
   * `dns`, `tls` and `connect_timeout`. @default true
   */
  readonly isIdempotent?: boolean | undefined;
  /** Called before each wait. @default none */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Called when a failure is final. @default none */
  readonly onStop?: ((event: StopEvent) => void) | undefined;
  /** Told when a listener throws. @default a logger that discards */
  readonly logger?: Logger | undefined;
}

/** Checked options. */
export interface RetrySettings {
  readonly policy: RetryPolicy | PerExecutionPolicy;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly budget: RetryAllowance | undefined;
  readonly maxRetryAfterMs: number;
  readonly isIdempotent: boolean;
  readonly onRetry: ((event: RetryEvent) => void) | undefined;
  readonly onStop: ((event: StopEvent) => void) | undefined;
  readonly logger: Logger;
}

function checkPolicy(policy: RetryPolicy): RetryPolicy {
  const { shouldRetry, calculateDelay } = policy as Partial<RetryPolicy>;
  if (typeof shouldRetry === 'function' && typeof calculateDelay === 'function') return policy;
  throw new ConfigurationError(
    'The retry policy must have the methods shouldRetry and calculateDelay, as ExponentialBackoff has.',
  );
}

/** @throws ConfigurationError that names the option which is wrong. */
export function resolveSettings(policy: RetryPolicy, options: RetryExecutorOptions): RetrySettings {
  return {
    policy: checkPolicy(policy),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    budget: options.budget,
    maxRetryAfterMs: durationOption('maxRetryAfter', options.maxRetryAfter ?? 120_000),
    isIdempotent: options.isIdempotent ?? true,
    onRetry: options.onRetry,
    onStop: options.onStop,
    logger: options.logger ?? noopLogger,
  };
}

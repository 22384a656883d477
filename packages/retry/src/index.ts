export type { BackoffOptions, RetryClassifier } from './backoff-options.ts';
export { DecorrelatedJitter } from './decorrelated-jitter.ts';
export {
  ExponentialBackoff,
  type ExponentialBackoffOptions,
  type Jitter,
} from './exponential-backoff.ts';
export { attemptsOf, type FailedAttempt, type StopReason } from './failed-attempt.ts';
export { hedge, type HedgeOptions } from './hedge.ts';
export { isRetryable } from './is-retryable.ts';
export type { PerExecutionPolicy } from './per-execution-policy.ts';
export { permanent } from './permanent.ts';
export { RetryBudget, type RetryAllowance, type RetryBudgetOptions } from './retry-budget.ts';
export type { RetryEvent, StopEvent } from './retry-events.ts';
export { createRetryExecutor } from './retry-executor.ts';
export type { RetryExecutorOptions } from './retry-settings.ts';

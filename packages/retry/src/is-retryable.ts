import { type ErrorCode, isIntegrationError } from '@integrations/errors';

/**
 * Codes for which another try is wrong, whatever `retryable` says: the caller or
 * the deadline ended the call, the account is empty, or one of our own
 * protections refused it, and hammering at that is what it protects against.
 */
const NEVER_RETRIED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'aborted',
  'circuit_open',
  'queue_full',
  'deadline_exceeded',
  'total_timeout',
  'quota_exhausted',
]);

/** Codes that tell that the server did none of the work. */
const NOTHING_DONE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate_limit',
  'overloaded',
  'dns',
  'tls',
  'connect_timeout',
]);

/**
 * Whether a failure is worth another try by default: an `IntegrationError` that is
 * `retryable`, except for `aborted`, `circuit_open`, `queue_full`,
 * `deadline_exceeded`, `total_timeout` and `quota_exhausted`. Errors of other
 * makers are not: nobody knows what they mean.
 */
export function isRetryable(error: unknown): boolean {
  return isIntegrationError(error) && error.retryable && !NEVER_RETRIED.has(error.code);
}

/** Whether repeating after this failure cannot do the work twice. */
export function provesNothingDone(error: unknown): boolean {
  return isIntegrationError(error) && NOTHING_DONE.has(error.code);
}

import { type ErrorCode, isIntegrationError } from '@integrations/errors';
import type { BreakerVerdict } from './circuit-breaker-options.ts';

const VERDICTS: Readonly<Record<ErrorCode, BreakerVerdict>> = {
  // Nothing was sent.
  configuration: 'ignore',
  validation: 'ignore',
  serialization: 'ignore',
  deadline_exceeded: 'ignore',
  circuit_open: 'ignore',
  queue_full: 'ignore',
  // Nobody was called.
  webhook_signature: 'ignore',
  // The caller gave up.
  aborted: 'ignore',
  // An answer that refuses this call proves that the service is there.
  bad_request: 'success',
  authentication: 'success',
  permission_denied: 'success',
  not_found: 'success',
  gone: 'success',
  conflict: 'success',
  unprocessable: 'success',
  content_filter: 'success',
  response_too_large: 'success',
  refusal: 'success',
  length: 'success',
  invalid_output: 'success',
  turn_limit: 'success',
  job_failed: 'success',
  // Limits are the rate limiter's business, and a gateway may answer so for a service that is down.
  rate_limit: 'ignore',
  quota_exhausted: 'ignore',
  unexpected_status: 'ignore',
  // The service failed, or could not be reached, or did not answer in time or in its protocol.
  server: 'failure',
  overloaded: 'failure',
  connection: 'failure',
  dns: 'failure',
  tls: 'failure',
  connect_timeout: 'failure',
  headers_timeout: 'failure',
  attempt_timeout: 'failure',
  total_timeout: 'failure',
  stream_idle_timeout: 'failure',
  protocol: 'failure',
  invalid_json: 'failure',
  unexpected_content_type: 'failure',
  stream_truncated: 'failure',
};

function classifyStatus(status: number): BreakerVerdict {
  if (status === 429) return 'ignore';
  if (status === 408 || status >= 500) return 'failure';
  return status >= 400 ? 'success' : 'failure';
}

/** Whether an error says that the caller gave up, in our words or the platform's. */
export function isAbort(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return isIntegrationError(error) ? code === 'aborted' : name === 'AbortError';
}

/**
 * What an error says of the service, as a breaker judges it unless told otherwise.
 *
 * Timeouts, connections, 5xx, 408 and answers that break the protocol are failures. Any
 * other 4xx is a success: the service is alive. 429, exhausted quota, an aborted call and
 * a call that was never sent say nothing. Errors of other libraries are judged by their
 * numeric `status`, and without one they are failures.
 */
export function classifyError(error: unknown): BreakerVerdict {
  if (isAbort(error)) return 'ignore';
  // Another copy of the errors package may know codes that this one doesn't.
  const known = isIntegrationError(error)
    ? (VERDICTS as Readonly<Record<string, BreakerVerdict | undefined>>)[error.code]
    : undefined;
  if (known !== undefined) return known;
  const status = (error as { status?: unknown } | null | undefined)?.status;
  return typeof status === 'number' ? classifyStatus(status) : 'failure';
}

/** Why a call failed: stable names to branch on and to label metrics with. */
export type ErrorCode =
  // Before anything was sent.
  | 'configuration'
  | 'validation'
  | 'serialization'
  // The provider's answer.
  | 'bad_request'
  | 'authentication'
  | 'permission_denied'
  | 'not_found'
  | 'gone'
  | 'conflict'
  | 'unprocessable'
  | 'rate_limit'
  | 'quota_exhausted'
  | 'content_filter'
  | 'server'
  | 'overloaded'
  | 'unexpected_status'
  // The way there.
  | 'connection'
  | 'dns'
  | 'tls'
  // Time.
  | 'connect_timeout'
  | 'headers_timeout'
  | 'attempt_timeout'
  | 'total_timeout'
  | 'stream_idle_timeout'
  | 'deadline_exceeded'
  // The caller, and our own protections.
  | 'aborted'
  | 'circuit_open'
  | 'queue_full'
  // An answer that breaks the protocol.
  | 'protocol'
  | 'invalid_json'
  | 'unexpected_content_type'
  | 'stream_truncated'
  | 'response_too_large'
  // An answer that is right, and of no use for what was asked.
  | 'refusal'
  | 'length'
  | 'invalid_output'
  | 'turn_limit'
  | 'job_failed'
  // What came unasked.
  | 'webhook_signature';

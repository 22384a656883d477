export { abortReason } from './abort-reason.ts';
export {
  ApiError,
  apiErrorFromStatus,
  type ApiErrorOptions,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ContentFilterError,
  GoneError,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  UnexpectedStatusError,
  UnprocessableError,
} from './api-errors.ts';
export { ConnectionError, DnsError, TlsError } from './connection-errors.ts';
export type { ErrorCode } from './error-code.ts';
export {
  IntegrationError,
  type IntegrationErrorOptions,
  isIntegrationError,
  type SerializedError,
} from './integration-error.ts';
export { JobFailedError, type JobFailedErrorOptions } from './job-errors.ts';
export {
  AbortedError,
  CircuitOpenError,
  ConfigurationError,
  DeadlineError,
  QueueFullError,
  SerializationError,
  ValidationError,
  type ValidationErrorOptions,
  type ValidationIssue,
} from './local-errors.ts';
export {
  countOption,
  describeValue,
  durationOption,
  finiteOption,
  type OptionBounds,
  positiveOption,
  wholeOption,
  wrongOption,
} from './option-checks.ts';
export {
  InvalidOutputError,
  type InvalidOutputErrorOptions,
  LengthFinishReasonError,
  RefusalError,
  type RefusalErrorOptions,
  TurnLimitError,
} from './output-errors.ts';
export {
  fromProblemDetails,
  isProblemDetails,
  PROBLEM_MEDIA_TYPE,
  type ProblemDetails,
  problemText,
  toProblemDetails,
} from './problem-details.ts';
export {
  InvalidJsonError,
  ProtocolError,
  ResponseTooLargeError,
  StreamTruncatedError,
  UnexpectedContentTypeError,
} from './protocol-errors.ts';
export { redact, type RedactOptions } from './redact.ts';
export { redactText } from './redact-text.ts';
export { redactUrl } from './redact-url.ts';
export {
  type ExposableSecret,
  registerSecret,
  secretGeneration,
  type SecretRegistration,
  SHORTEST_SECRET,
} from './secret-registry.ts';
export {
  AttemptTimeoutError,
  ConnectTimeoutError,
  HeadersTimeoutError,
  StreamIdleTimeoutError,
  TimeoutError,
  TotalTimeoutError,
} from './timeout-errors.ts';
export {
  WebhookSignatureError,
  type WebhookSignatureErrorOptions,
  type WebhookSignatureProblem,
} from './webhook-errors.ts';

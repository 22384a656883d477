import type { ErrorCode } from './error-code.ts';
import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';
import { redactOptional } from './redact-text.ts';

/** What a provider's error body says, in its own words. */
export interface ApiErrorOptions extends IntegrationErrorOptions {
  /** `openai`, `mistral`. */
  readonly provider?: string | undefined;
  /** The provider's class of error, such as `invalid_request_error`. */
  readonly type?: string | undefined;
  /** The provider's code, such as `insufficient_quota`. */
  readonly apiCode?: string | undefined;
  /** The request field that the provider objects to. */
  readonly param?: string | undefined;
}

/** The provider answered, and the answer is an error. */
export class ApiError extends IntegrationError {
  readonly provider: string | undefined;
  readonly type: string | undefined;
  readonly apiCode: string | undefined;
  readonly param: string | undefined;

  constructor(code: ErrorCode, message: string, retryable: boolean, options: ApiErrorOptions = {}) {
    super(code, message, retryable, options);
    this.provider = options.provider;
    // A proxy may put anything into an error, the credentials included.
    this.type = redactOptional(options.type);
    this.apiCode = redactOptional(options.apiCode);
    this.param = redactOptional(options.param);
  }
}

/** 400: the provider cannot make sense of the request. */
export class BadRequestError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('bad_request', message, false, options);
  }
}

/** 401: the key is missing, wrong or revoked. */
export class AuthenticationError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('authentication', message, false, options);
  }
}

/** 403: the key may not do this. */
export class PermissionDeniedError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('permission_denied', message, false, options);
  }
}

/** 404: no such model, file or path. */
export class NotFoundError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('not_found', message, false, options);
  }
}

/** 410: the provider has retired this. */
export class GoneError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('gone', message, false, options);
  }
}

/** 409: another change was under way. */
export class ConflictError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('conflict', message, true, options);
  }
}

/** 422: the request is well formed and still not acceptable. */
export class UnprocessableError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('unprocessable', message, false, options);
  }
}

/** 429: too many requests or tokens for the moment. */
export class RateLimitError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('rate_limit', message, true, options);
  }
}

/** 429 or 402 that no waiting cures: the account has nothing left to spend. Never retried. */
export class QuotaExhaustedError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('quota_exhausted', message, false, { ...options, retryable: false });
  }
}

/** The provider's content policy refused the request or the answer. */
export class ContentFilterError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('content_filter', message, false, options);
  }
}

/** 5xx: the provider failed. */
export class ServerError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('server', message, true, options);
  }
}

/** 503 or 529: the provider has no capacity at the moment. */
export class OverloadedError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('overloaded', message, true, options);
  }
}

/** A status that is neither success nor any of the errors above. */
export class UnexpectedStatusError extends ApiError {
  constructor(message: string, options?: ApiErrorOptions) {
    super('unexpected_status', message, false, options);
  }
}

/** Any of the classes above that has no code of its own to pass. */
export type ApiErrorClass = new (message: string, options?: ApiErrorOptions) => ApiError;

/** The class that each code of an answer belongs to. */
export const API_ERROR_CLASSES: Readonly<Partial<Record<ErrorCode, ApiErrorClass>>> = {
  bad_request: BadRequestError,
  authentication: AuthenticationError,
  permission_denied: PermissionDeniedError,
  not_found: NotFoundError,
  gone: GoneError,
  conflict: ConflictError,
  unprocessable: UnprocessableError,
  rate_limit: RateLimitError,
  quota_exhausted: QuotaExhaustedError,
  content_filter: ContentFilterError,
  server: ServerError,
  overloaded: OverloadedError,
  unexpected_status: UnexpectedStatusError,
};

const CLASS_OF_STATUS: Readonly<Record<number, ApiErrorClass>> = {
  400: BadRequestError,
  401: AuthenticationError,
  402: QuotaExhaustedError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
  422: UnprocessableError,
  429: RateLimitError,
  503: OverloadedError,
  529: OverloadedError,
};

/**
 * The error for a status, where the body does not tell more. 408 is a server that
 * gave up waiting for the request, so it may be tried again.
 */
export function apiErrorFromStatus(
  status: number,
  message: string,
  options: ApiErrorOptions = {},
): ApiError {
  const details: ApiErrorOptions = { ...options, status };
  const known = CLASS_OF_STATUS[status];
  if (known !== undefined) return new known(message, details);
  if (status === 408 || status >= 500) return new ServerError(message, details);
  if (status >= 400) return new BadRequestError(message, details);
  return new UnexpectedStatusError(message, details);
}

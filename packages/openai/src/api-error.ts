import {
  type ApiErrorOptions,
  apiErrorFromStatus,
  AuthenticationError,
  BadRequestError,
  ContentFilterError,
  fromProblemDetails,
  type IntegrationError,
  isProblemDetails,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';
import type { ErrorAnswer } from '@integrations/provider';

/** The `error` member of an error body; in a stream of events it may be the body itself. */
interface WireError {
  readonly message?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly param?: unknown;
}

type ErrorClass = new (message: string, options?: ApiErrorOptions) => IntegrationError;

/** Codes that say more than the status. No waiting cures the quota ones. */
const CLASS_OF_CODE: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['insufficient_quota', QuotaExhaustedError],
  ['billing_hard_limit_reached', QuotaExhaustedError],
  ['billing_not_active', QuotaExhaustedError],
  ['content_filter', ContentFilterError],
  ['content_policy_violation', ContentFilterError],
  ['moderation_blocked', ContentFilterError],
]);

/** For errors inside a stream, whose status was 200: code or type stands for the status. */
const CLASS_WITHOUT_STATUS: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['rate_limit_exceeded', RateLimitError],
  ['rate_limit_error', RateLimitError],
  ['requests', RateLimitError],
  ['tokens', RateLimitError],
  ['invalid_api_key', AuthenticationError],
  ['authentication_error', AuthenticationError],
  ['permission_error', PermissionDeniedError],
  ['model_not_found', NotFoundError],
  ['not_found_error', NotFoundError],
  ['invalid_request_error', BadRequestError],
  ['overloaded_error', OverloadedError],
  ['server_overloaded', OverloadedError],
  ['server_error', ServerError],
  ['internal_error', ServerError],
]);

/** What to do about it, where the provider's own words leave that open. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'Check the API key.',
  403: 'Check what the key, the project and the organization may do.',
  404: 'Check the model, the id and `baseURL`.',
};

function readWireError(body: unknown): WireError {
  if (typeof body !== 'object' || body === null) return {};
  const error: unknown = 'error' in body ? body.error : body;
  if (typeof error === 'string') return { message: error };
  return typeof error === 'object' && error !== null ? error : {};
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `x-should-retry` is the server's own word on it. */
function readShouldRetry({ headers }: ErrorAnswer): boolean | undefined {
  const value = headers['x-should-retry'];
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

function describe(answer: ErrorAnswer, said: string | undefined): string {
  const { call, status } = answer;
  const what =
    status === undefined
      ? `${call}: the stream carried an error`
      : `${call}: the API answered ${status}`;
  const advice = status === undefined ? undefined : ADVICE[status];
  const message = said ?? describeBody(answer.body);
  return [message === undefined ? `${what}.` : `${what}: ${message}`, advice]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** A short body that is no JSON is the best explanation there is. */
function describeBody(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text.slice(0, 200);
}

/** The typed error for an error answer of the API, by what its body says and then by its status. */
export function toApiError(answer: ErrorAnswer): IntegrationError {
  const wire = readWireError(answer.body);
  const apiCode = asText(wire.code);
  const type = asText(wire.type);
  const details: ApiErrorOptions = {
    provider: 'openai',
    status: answer.status,
    requestId: answer.requestId,
    retryAfterMs: answer.retryAfterMs,
    retryable: readShouldRetry(answer),
    apiCode,
    type,
    param: asText(wire.param),
  };
  const message = describe(answer, asText(wire.message));
  const byCode = CLASS_OF_CODE.get(apiCode ?? '') ?? CLASS_OF_CODE.get(type ?? '');
  if (byCode !== undefined) return new byCode(message, details);
  if (answer.status === undefined) {
    const byName = CLASS_WITHOUT_STATUS.get(apiCode ?? '') ?? CLASS_WITHOUT_STATUS.get(type ?? '');
    return new (byName ?? ServerError)(message, details);
  }
  if (isProblemDetails(answer.body)) {
    return fromProblemDetails(answer.body, answer.status, details);
  }
  return apiErrorFromStatus(answer.status, message, details);
}

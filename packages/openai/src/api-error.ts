import {
  type ApiErrorOptions,
  apiErrorFromStatus,
  AuthenticationError,
  BadRequestError,
  ContentFilterError,
  fromProblemDetails,
  GoneError,
  type IntegrationError,
  isProblemDetails,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  QuotaExhaustedError,
  RateLimitError,
  redactText,
  ServerError,
} from '@integrations/errors';
import type { ErrorAnswer } from '@integrations/provider';
import { retiredAdvice } from './retired-api.ts';

/** The `error` member of an error body; in a stream of events it may be the body itself. */
interface WireError {
  readonly message?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly param?: unknown;
  /** What Azure tells besides, such as which filter held something back. */
  readonly innererror?: unknown;
}

type ErrorClass = new (message: string, options?: ApiErrorOptions) => IntegrationError;

/** Codes that say more than the status. No waiting cures the quota ones. */
const CLASS_OF_CODE: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['insufficient_quota', QuotaExhaustedError],
  ['billing_hard_limit_reached', QuotaExhaustedError],
  ['billing_not_active', QuotaExhaustedError],
  ['content_filter', ContentFilterError],
  ['contentFilter', ContentFilterError],
  ['ResponsibleAIPolicyViolation', ContentFilterError],
  ['content_policy_violation', ContentFilterError],
  ['moderation_blocked', ContentFilterError],
  ['image_content_policy_violation', ContentFilterError],
  ['bio_policy', ContentFilterError],
  ['misalignment_policy_violation', ContentFilterError],
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
  ['context_length_exceeded', BadRequestError],
  ['invalid_prompt', BadRequestError],
  ['data_residency_mismatch', BadRequestError],
  ['invalid_image', BadRequestError],
  ['invalid_image_format', BadRequestError],
  ['invalid_image_mode', BadRequestError],
  ['invalid_image_url', BadRequestError],
  ['invalid_base64_image', BadRequestError],
  ['unsupported_image_media_type', BadRequestError],
  ['image_too_large', BadRequestError],
  ['image_too_small', BadRequestError],
  ['image_file_too_large', BadRequestError],
  ['image_file_not_found', BadRequestError],
  ['image_parse_error', BadRequestError],
  ['empty_image_file', BadRequestError],
  ['failed_to_download_image', BadRequestError],
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

function innerCode({ innererror: inner }: WireError): string | undefined {
  if (typeof inner !== 'object' || inner === null || !('code' in inner)) return undefined;
  return asText(inner.code);
}

/** `x-should-retry` is the server's own word on it. */
function readShouldRetry({ headers }: ErrorAnswer): boolean | undefined {
  const value = headers['x-should-retry'];
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

function describe(
  answer: ErrorAnswer,
  said: string | undefined,
  advice = ADVICE[answer.status ?? 0],
): string {
  const { call, status } = answer;
  const what =
    status === undefined
      ? `${call}: the answer carried an error`
      : `${call}: the API answered ${status}`;
  const message = said ?? describeBody(answer.body);
  if (message === undefined) return advice === undefined ? `${what}.` : `${what}. ${advice}`;
  return advice === undefined ? `${what}: ${message}` : `${what}: ${asSentence(message)} ${advice}`;
}

/** The API ends some of its messages without a mark. */
function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** A short body that is no JSON is the best explanation there is. */
function describeBody(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const text = redactText(body)
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
    context: wire.innererror === undefined ? undefined : { innererror: wire.innererror },
  };
  const said = asText(wire.message);
  const retired = retiredAdvice(answer, said);
  if (retired !== undefined) return new GoneError(describe(answer, said, retired), details);
  const message = describe(answer, said);
  const byCode = [apiCode, type, innerCode(wire)]
    .map((code) => CLASS_OF_CODE.get(code ?? ''))
    .find((known) => known !== undefined);
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

import { API_ERROR_CLASSES, type ApiErrorOptions, apiErrorFromStatus } from './api-errors.ts';
import type { ErrorCode } from './error-code.ts';
import type { IntegrationError } from './integration-error.ts';

/** A problem as RFC 9457 writes it, with `application/problem+json`. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly [extension: string]: unknown;
}

/** The media type of `ProblemDetails`. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const TYPE_PREFIX = 'urn:integrations:error:';
const REQUEST_PREFIX = 'urn:request:';

/** The status to answer with when there was no response to take one from. */
const STATUS_OF_CODE: Readonly<Partial<Record<ErrorCode, number>>> = {
  configuration: 500,
  validation: 400,
  serialization: 400,
  aborted: 499,
  circuit_open: 503,
  queue_full: 503,
  deadline_exceeded: 504,
  attempt_timeout: 504,
  total_timeout: 504,
  connect_timeout: 504,
  headers_timeout: 504,
  stream_idle_timeout: 504,
};

/** `rate_limit` as `Rate limit`: the same for every problem of one type, as RFC 9457 wants it. */
function titleOf(code: ErrorCode): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');
}

/** An error as problem details: to answer one's own caller with. Safe to send; no stack, no cause. */
export function toProblemDetails(error: IntegrationError): ProblemDetails {
  return {
    type: `${TYPE_PREFIX}${error.code}`,
    title: titleOf(error.code),
    status: error.status ?? STATUS_OF_CODE[error.code] ?? 502,
    detail: error.message,
    retryable: error.retryable,
    ...(error.requestId === undefined ? {} : { instance: `${REQUEST_PREFIX}${error.requestId}` }),
    ...(error.retryAfterMs === undefined ? {} : { retry_after_ms: error.retryAfterMs }),
  };
}

/** Whether a decoded body has the shape of problem details. */
export function isProblemDetails(body: unknown): body is ProblemDetails {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { type, title, detail } = body as Record<string, unknown>;
  const texts = [type, title, detail].filter((field) => field !== undefined);
  return (
    (title !== undefined || detail !== undefined) && texts.every((text) => typeof text === 'string')
  );
}

/** What `toProblemDetails` wrote besides type and detail. */
function readOwnExtensions({
  instance,
  retryable,
  retry_after_ms,
}: ProblemDetails): ApiErrorOptions {
  const hasWait = typeof retry_after_ms === 'number' && retry_after_ms >= 0;
  const hasRequestId = instance?.startsWith(REQUEST_PREFIX) === true;
  return {
    retryable: typeof retryable === 'boolean' ? retryable : undefined,
    retryAfterMs: hasWait ? retry_after_ms : undefined,
    requestId: hasRequestId ? instance.slice(REQUEST_PREFIX.length) : undefined,
  };
}

/** The options that are set; an undefined one must not hide what the problem says. */
function given(options: ApiErrorOptions): ApiErrorOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** What a problem says in words; undefined where it says nothing. */
export function problemText({ detail, title }: ProblemDetails): string | undefined {
  return [detail, title].find((text) => text !== undefined && text !== '');
}

/**
 * The typed error for a problem that a server sent. The whole problem, extensions
 * included, becomes `context.problem`. One that `toProblemDetails` wrote gives the
 * same class of API error again; a failure of another kind, such as that server's
 * own timeout, is an error of its status here, with the code as `apiCode`.
 *
 * @param message what the error says. @default the problem's `detail`, else its `title`
 */
export function fromProblemDetails(
  problem: ProblemDetails,
  status: number,
  options: ApiErrorOptions = {},
  message: string = problemText(problem) ?? `The server answered ${status}.`,
): IntegrationError {
  const details: ApiErrorOptions = {
    type: problem.type,
    ...given(options),
    context: { ...options.context, problem },
  };
  if (problem.type?.startsWith(TYPE_PREFIX) !== true) {
    return apiErrorFromStatus(status, message, details);
  }
  const code = problem.type.slice(TYPE_PREFIX.length);
  const own: ApiErrorOptions = { apiCode: code, ...readOwnExtensions(problem), ...details };
  const known = Object.hasOwn(API_ERROR_CLASSES, code)
    ? API_ERROR_CLASSES[code as ErrorCode]
    : undefined;
  return known === undefined
    ? apiErrorFromStatus(status, message, own)
    : new known(message, { ...own, status });
}

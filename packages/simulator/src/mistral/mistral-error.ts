import type { JsonObject } from '../json-value.ts';
import { type Refusal, RequestRefused } from '../refusal.ts';

interface UsualError {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
}

/** Of these the API says one text and nothing else. */
const DETAIL_BY_STATUS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
};

const INVALID_REQUEST = 'invalid_request_error';
const SERVER_ERROR: UsualError = {
  message: 'Internal server error',
  type: 'internal_server_error',
  code: '1000',
};

const BY_STATUS: Readonly<Record<number, UsualError>> = {
  400: { message: 'The request is not valid.', type: INVALID_REQUEST, code: null },
  413: { message: 'The request is too large.', type: INVALID_REQUEST, code: null },
  422: { message: 'The request cannot be processed as it is.', type: INVALID_REQUEST, code: null },
  429: { message: 'Rate limit exceeded', type: 'rate_limited', code: '1300' },
  500: SERVER_ERROR,
  502: { ...SERVER_ERROR, message: 'Bad gateway' },
  503: {
    message: 'Service tier capacity exceeded for this model.',
    type: 'service_tier_capacity_exceeded',
    code: '3505',
  },
  504: { ...SERVER_ERROR, message: 'Gateway timeout' },
};

/**
 * A refusal as the API words it: for some statuses `{ detail: text }` unless a type or code is given, for all others
 * `{ object: 'error', message, type, param, code, raw_status_code }`.
 */
export function mistralErrorBody({ status, message, type, code, param }: Refusal): JsonObject {
  const detail = DETAIL_BY_STATUS[status];
  if (detail !== undefined && type === undefined && typeof code !== 'string')
    return { detail: message ?? detail };
  const usual = BY_STATUS[status] ?? (status >= 500 ? SERVER_ERROR : otherError(status));
  return {
    object: 'error',
    message: message ?? usual.message,
    type: type ?? usual.type,
    param: param ?? null,
    code: code === undefined ? usual.code : code,
    raw_status_code: status,
  };
}

/** What a request is refused with whose fields are right and whose meaning is not. */
export function badRequest(
  message: string,
  type: string = INVALID_REQUEST,
  code?: string,
): RequestRefused {
  return new RequestRefused({
    status: 400,
    message,
    type,
    ...(code === undefined ? {} : { code }),
  });
}

/** What a request is refused with that is about something that is not there. */
export function notFound(message: string): RequestRefused {
  return new RequestRefused({ status: 404, message });
}

function otherError(status: number): UsualError {
  return { message: `The request failed with ${status}.`, type: INVALID_REQUEST, code: null };
}

import type { Refusal } from '../refusal.ts';

/** The body of every error of the API. */
export interface OpenAIErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

interface UsualError {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
}

const INVALID_REQUEST = 'invalid_request_error';
const SERVER_ERROR: UsualError = {
  message: 'The server had an error while processing the request. Try again.',
  type: 'server_error',
  code: null,
};

const BY_STATUS: Readonly<Record<number, UsualError>> = {
  400: { message: 'The request is not valid.', type: INVALID_REQUEST, code: null },
  401: { message: 'The API key is not correct.', type: INVALID_REQUEST, code: 'invalid_api_key' },
  403: {
    message: 'The project has no access to this.',
    type: INVALID_REQUEST,
    code: null,
  },
  404: { message: 'There is no such thing.', type: INVALID_REQUEST, code: 'not_found' },
  405: {
    message: 'The method is not allowed here.',
    type: INVALID_REQUEST,
    code: 'method_not_supported',
  },
  408: { message: 'The request took too long.', type: INVALID_REQUEST, code: 'request_timeout' },
  409: {
    message: 'The resource was changed by another request. Try again.',
    type: INVALID_REQUEST,
    code: 'conflict',
  },
  413: { message: 'The request is too large.', type: INVALID_REQUEST, code: 'request_too_large' },
  422: { message: 'The request cannot be processed as it is.', type: INVALID_REQUEST, code: null },
  429: {
    message: 'The rate limit is reached. Try again later.',
    type: 'requests',
    code: 'rate_limit_exceeded',
  },
  500: SERVER_ERROR,
  502: { ...SERVER_ERROR, message: 'The server got no usable answer from behind it. Try again.' },
  503: { ...SERVER_ERROR, message: 'The server is overloaded or not ready yet. Try again.' },
  504: { ...SERVER_ERROR, message: 'The server got no answer in time. Try again.' },
};

const BY_CODE: Readonly<Record<string, UsualError>> = {
  insufficient_quota: {
    message: 'The quota is used up. Check the plan and billing details.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  },
  rate_limit_exceeded: {
    message: 'The rate limit is reached. Try again later.',
    type: 'requests',
    code: 'rate_limit_exceeded',
  },
  context_length_exceeded: {
    message: 'The messages are longer than the context of the model.',
    type: INVALID_REQUEST,
    code: 'context_length_exceeded',
  },
  model_not_found: {
    message: 'The model does not exist or you do not have access to it.',
    type: INVALID_REQUEST,
    code: 'model_not_found',
  },
};

/** A refusal as the API words it; what it leaves open takes the usual value for its code or status. */
export function openAIErrorBody(refusal: Refusal): OpenAIErrorBody {
  const usual = usualError(refusal);
  return {
    error: {
      message: refusal.message ?? usual.message,
      type: refusal.type ?? usual.type,
      param: refusal.param ?? null,
      code: refusal.code === undefined ? usual.code : refusal.code,
    },
  };
}

function usualError({ status, code }: Refusal): UsualError {
  const byCode =
    typeof code === 'string' && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return (
    byCode ??
    BY_STATUS[status] ??
    (status >= 500
      ? SERVER_ERROR
      : { message: `The request failed with ${status}.`, type: INVALID_REQUEST, code: null })
  );
}

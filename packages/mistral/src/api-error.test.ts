import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  GoneError,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  UnprocessableError,
} from '@integrations/errors';
import type { ErrorAnswer } from '@integrations/provider';
import { describe, expect, it } from 'vitest';
import { toApiError } from './api-error.ts';

function answer(status: number | undefined, body: unknown, more: Partial<ErrorAnswer> = {}) {
  return {
    status,
    body,
    headers: {},
    requestId: 'request-1',
    retryAfterMs: undefined,
    call: 'mistral chat.create',
    ...more,
  };
}

describe('toApiError', () => {
  it.each([
    [401, { detail: 'Unauthorized' }, AuthenticationError, 'Unauthorized. Check the API key.'],
    [401, { message: 'Unauthorized', request_id: 'a' }, AuthenticationError, 'Unauthorized.'],
    [403, { detail: 'Forbidden' }, PermissionDeniedError, 'Forbidden. Check what the key may do.'],
    [404, { detail: 'No such file' }, NotFoundError, 'No such file.'],
    [
      400,
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' },
      BadRequestError,
      'Invalid model: x',
    ],
    [
      422,
      {
        object: 'error',
        message: { detail: [{ loc: ['body', 'n'], msg: 'Too small' }] },
        type: 'invalid_request_error',
      },
      UnprocessableError,
      'n: Too small',
    ],
    [
      422,
      { detail: [{ loc: ['body', 'n'], msg: 'Too small' }] },
      UnprocessableError,
      'n: Too small',
    ],
    [422, { detail: 'Bad text' }, UnprocessableError, 'Bad text'],
    [
      422,
      { object: 'Error', detail: [], message: ['Bad'], type: 'invalid_request', code: 3001 },
      UnprocessableError,
      'Bad',
    ],
    [
      429,
      { object: 'error', message: 'Rate limit exceeded', type: 'rate_limited', code: '1300' },
      RateLimitError,
      'Rate limit exceeded',
    ],
    [429, { message: 'API rate limit exceeded' }, RateLimitError, 'API rate limit exceeded'],
    [
      429,
      { object: 'error', message: 'Service tier capacity exceeded', code: '3505' },
      OverloadedError,
      'Service tier capacity exceeded',
    ],
    [503, { message: 'Service tier capacity exceeded' }, OverloadedError, 'capacity'],
    [500, '<html><body>Oops</body></html>', ServerError, 'Oops'],
    [502, '', ServerError, 'the API answered 502.'],
  ])('%s with %j', (status, body, errorClass, words) => {
    const error = toApiError(answer(status, body));
    expect(error).toBeInstanceOf(errorClass);
    expect(error.message).toContain('mistral chat.create');
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ status, requestId: 'request-1', provider: 'mistral' });
  });

  it('tells which field is meant, and by which code', () => {
    const body = { detail: [{ loc: ['body', 'messages', 2, 'role'], msg: 'Wrong' }], code: 3001 };
    const error = toApiError(answer(422, body));
    expect(error).toMatchObject({ param: 'messages[2].role', apiCode: '3001' });
  });

  it.each([500, 502, 503, 504, 429])('%s is retried', (status) => {
    expect(toApiError(answer(status, {})).retryable).toBe(true);
  });

  it.each([
    'x-ratelimit-limit-req-minute',
    'x-ratelimit-limit-tokens-minute',
    'x-ratelimit-remaining-tokens-month',
    'ratelimitbysize-remaining-month',
  ])('429 is never retried where %s is 0', (name) => {
    const body = { object: 'error', message: 'Rate limit exceeded', code: '1300' };
    const error = toApiError(answer(429, body, { headers: { [name]: '0' }, retryAfterMs: 1000 }));
    expect(error).toBeInstanceOf(QuotaExhaustedError);
    expect(error.retryable).toBe(false);
    expect(error.message).toContain('limits of the workspace');
    const allowed = toApiError(answer(429, body, { headers: { [name]: '1' } }));
    expect(allowed).toBeInstanceOf(RateLimitError);
  });

  it('says what to do where fine-tuning is gone', () => {
    const gone = toApiError(answer(410, {}, { call: 'mistral fine_tuning.create' }));
    expect(gone).toBeInstanceOf(GoneError);
    expect(gone.message).toContain('client.models');
    expect(toApiError(answer(410, {})).message).not.toContain('client.models');
  });

  it.each([
    [{ object: 'error', message: 'Slow down', type: 'rate_limited', code: '1300' }, RateLimitError],
    [{ object: 'error', message: 'No such model', code: 1500 }, BadRequestError],
    [{ error: { message: 'Sorry', type: 'server_error' } }, ServerError],
    [{ object: 'error', message: 'What now' }, ServerError],
    [{ object: 'error', message: 'Full', type: 'service_tier_capacity_exceeded' }, OverloadedError],
  ])('inside a stream, %j is the error that its status would have given', (body, errorClass) => {
    const error = toApiError(answer(undefined, body));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.status).toBeUndefined();
  });
});

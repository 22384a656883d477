import {
  AuthenticationError,
  BadRequestError,
  ContentFilterError,
  type IntegrationError,
  NotFoundError,
  OverloadedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';
import type { ErrorAnswer } from '@integrations/provider';
import { describe, expect, it } from 'vitest';
import { toApiError } from './api-error.ts';

function answer(over: Partial<ErrorAnswer> = {}): ErrorAnswer {
  return {
    status: 400,
    headers: {},
    body: {},
    requestId: 'req_1',
    retryAfterMs: undefined,
    call: 'openai chat.create',
    ...over,
  };
}

function wire(error: object): object {
  return { error: { message: 'Something is off.', type: null, code: null, param: null, ...error } };
}

describe('toApiError', () => {
  it('keeps what the API said', () => {
    const error = toApiError(
      answer({
        status: 404,
        body: wire({ code: 'model_not_found', type: 'invalid_request_error', param: 'model' }),
      }),
    );
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({
      code: 'not_found',
      status: 404,
      requestId: 'req_1',
      provider: 'openai',
      apiCode: 'model_not_found',
      type: 'invalid_request_error',
      param: 'model',
      retryable: false,
    });
    expect(error.message).toBe(
      'openai chat.create: the API answered 404: Something is off. Check the model, the id and `baseURL`.',
    );
  });

  it.each(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'])(
    'never retries %s, whatever the server says of retrying',
    (code) => {
      const error = toApiError(
        answer({ status: 429, body: wire({ code }), headers: { 'x-should-retry': 'true' } }),
      );
      expect(error).toBeInstanceOf(QuotaExhaustedError);
      expect(error.retryable).toBe(false);
    },
  );

  it('knows a quota error by its type too', () => {
    const error = toApiError(answer({ status: 429, body: wire({ type: 'insufficient_quota' }) }));
    expect(error).toBeInstanceOf(QuotaExhaustedError);
  });

  it('carries the time to wait', () => {
    const error = toApiError(
      answer({ status: 429, body: wire({ code: 'rate_limit_exceeded' }), retryAfterMs: 1500 }),
    );
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 1500, retryable: true });
  });

  it.each([
    ['true', 400, true],
    ['false', 503, false],
    ['perhaps', 503, true],
  ])('x-should-retry %s on %i gives retryable %s', (value, status, retryable) => {
    const error = toApiError(answer({ status, headers: { 'x-should-retry': value } }));
    expect(error.retryable).toBe(retryable);
  });

  it.each<[object, new (message: string) => IntegrationError]>([
    [wire({ code: 'rate_limit_exceeded' }), RateLimitError],
    [wire({ type: 'tokens' }), RateLimitError],
    [wire({ code: 'invalid_api_key' }), AuthenticationError],
    [wire({ type: 'invalid_request_error' }), BadRequestError],
    [wire({ type: 'server_error' }), ServerError],
    [wire({ code: 'server_overloaded' }), OverloadedError],
    [wire({ code: 'content_filter' }), ContentFilterError],
    [
      { code: 'rate_limit_exceeded', message: 'flat, as the responses stream has it' },
      RateLimitError,
    ],
    [
      { error: { code: 'invalid_prompt', message: 'as a failed response has it' } },
      BadRequestError,
    ],
    [wire({ code: 'context_length_exceeded' }), BadRequestError],
    [wire({ code: 'image_too_large' }), BadRequestError],
    [wire({ code: 'image_content_policy_violation' }), ContentFilterError],
    [wire({ code: 'vector_store_timeout' }), ServerError],
    [wire({ code: 'never_heard_of' }), ServerError],
  ])('gives %j inside a stream the class of its code', (body, expected) => {
    const error = toApiError(answer({ status: undefined, body }));
    expect(error).toBeInstanceOf(expected);
    expect(error.status).toBeUndefined();
    expect(error.message).toMatch(/^openai chat.create: the answer carried an error: /);
  });

  it('is no prey to codes named like members of every object', () => {
    const error = toApiError(answer({ status: 500, body: wire({ code: 'constructor' }) }));
    expect(error).toBeInstanceOf(ServerError);
    const streamed = toApiError(answer({ status: undefined, body: wire({ type: 'toString' }) }));
    expect(streamed).toBeInstanceOf(ServerError);
  });

  it('quotes the words of an HTML page', () => {
    const error = toApiError(
      answer({ status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' }),
    );
    expect(error.message).toBe('openai chat.create: the API answered 502: 502 Bad Gateway');
  });

  it.each([undefined, null, '', [], 7, { error: null }, { error: 'plain words' }])(
    'makes do with the body %j',
    (body) => {
      const error = toApiError(answer({ status: 500, body }));
      expect(error).toBeInstanceOf(ServerError);
      expect(error.message).toMatch(/the API answered 500/);
    },
  );

  it('reads problem details from gateways', () => {
    const body = { type: 'about:blank', title: 'Too Many Requests', detail: 'Slow down.' };
    const error = toApiError(answer({ status: 429, body }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error.message).toContain('Slow down.');
    expect(error.requestId).toBe('req_1');
  });

  it('reads a numeric code as text', () => {
    expect(toApiError(answer({ body: wire({ code: 3001 }) }))).toMatchObject({ apiCode: '3001' });
  });
});

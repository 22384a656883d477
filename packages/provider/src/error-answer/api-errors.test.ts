import {
  AuthenticationError,
  BadRequestError,
  GoneError,
  type IntegrationError,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  UnprocessableError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import type { ErrorAnswer } from '../provider-profile.ts';
import { apiErrors, type ApiErrorRules } from './api-errors.ts';

const CALL = 'acme chat.create';

function answer(over: Partial<ErrorAnswer> = {}): ErrorAnswer {
  return {
    status: 400,
    headers: {},
    body: {},
    requestId: 'req_1',
    retryAfterMs: undefined,
    call: CALL,
    ...over,
  };
}

function errorFor(
  over: Partial<ErrorAnswer>,
  rules: Partial<ApiErrorRules> = {},
): IntegrationError {
  return apiErrors({ provider: 'acme', ...rules })(answer(over));
}

describe('apiErrors', () => {
  it('needs no rules for a server of OpenAI’s shape', () => {
    const error = { message: 'No such model', type: 'not_found', code: 7, param: 'model' };
    const made = errorFor({ status: 404, retryAfterMs: 5, body: { error } });
    expect(made).toBeInstanceOf(NotFoundError);
    expect(made).toMatchObject({
      provider: 'acme',
      status: 404,
      requestId: 'req_1',
      retryAfterMs: 5,
      apiCode: '7',
      type: 'not_found',
      param: 'model',
      message: `${CALL}: the API answered 404: No such model. Check the model, the id and \`baseURL\`.`,
    });
  });

  it.each([
    ['a text for the error', { error: 'No.' }, `${CALL}: the API answered 500: No.`],
    ['the error itself', { message: 'No' }, `${CALL}: the API answered 500: No`],
    ['plain text', 'Bad  gateway\n', `${CALL}: the API answered 500: Bad gateway`],
    ['a page', '<html><h1>502</h1> Bad</html>', `${CALL}: the API answered 500: 502 Bad`],
    ['a long text', 'x'.repeat(300), `${CALL}: the API answered 500: ${'x'.repeat(200)}`],
    ['nothing', undefined, `${CALL}: the API answered 500.`],
    ['no object', 7, `${CALL}: the API answered 500.`],
    ['an empty text', '', `${CALL}: the API answered 500.`],
    ['an error that is null', { error: null }, `${CALL}: the API answered 500.`],
    ['a problem', { title: 'T', detail: 'Slow' }, `${CALL}: the API answered 500: Slow`],
    ['a problem by title', { title: 'T' }, `${CALL}: the API answered 500: T`],
  ])('words %s', (_what, body, message) => {
    const error = errorFor({ status: 500, body });
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toBe(message);
  });

  it('keeps the class that problem details name, and all of the problem', () => {
    const body = { type: 'urn:integrations:error:quota_exhausted', title: 'T', balance: 3 };
    const error = errorFor({ status: 429, body });
    expect(error).toBeInstanceOf(QuotaExhaustedError);
    expect(error.message).toBe(`${CALL}: the API answered 429: T`);
    expect(error.context).toMatchObject({ problem: { balance: 3 } });
  });

  it('hides credentials in a text that it quotes', () => {
    const error = errorFor({ status: 500, body: 'authorization: Bearer abcdefghijklmnop' });
    expect(error.message).not.toContain('abcdefghijklmnop');
  });

  it('asks for the class by code, type and inner code, before the status', () => {
    const classOfCode = new Map([
      ['broke', QuotaExhaustedError],
      ['busy', OverloadedError],
      ['deep', GoneError],
    ]);
    const of = (code?: string, type?: string, innerCode?: string): IntegrationError =>
      errorFor({}, { classOfCode, read: () => ({ code, type, innerCode }) });
    expect(of('broke', 'busy', 'deep')).toBeInstanceOf(QuotaExhaustedError);
    expect(of('other', 'busy', 'deep')).toBeInstanceOf(OverloadedError);
    expect(of(undefined, undefined, 'deep')).toBeInstanceOf(GoneError);
    expect(of('toString')).toBeInstanceOf(BadRequestError);
  });

  it.each([
    ['rate_limit_error', RateLimitError],
    ['authentication_error', AuthenticationError],
    ['permission_error', PermissionDeniedError],
    ['invalid_request_error', BadRequestError],
    ['overloaded_error', OverloadedError],
    ['unprocessable', UnprocessableError],
    ['never_heard_of', ServerError],
    ['constructor', ServerError],
  ])('knows by the type %s what went wrong in a stream', (type, expected) => {
    const classWithoutStatus = new Map([['unprocessable', UnprocessableError]]);
    const error = errorFor({ status: undefined, body: { type } }, { classWithoutStatus });
    expect(error).toBeInstanceOf(expected);
    expect(error.message).toBe(`${CALL}: the answer carried an error.`);
  });

  it.each([
    [429, RateLimitError],
    ['503', OverloadedError],
    [404, NotFoundError],
    [200, ServerError],
    [4290, ServerError],
  ])('takes the code %j of an error in a stream for its status, if it is one', (code, expected) => {
    const error = errorFor({ status: undefined, body: { message: 'No', code } });
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ apiCode: String(code) });
  });

  it('lets the provider’s own word and advice go first', () => {
    const override: ApiErrorRules['override'] = ({ headers }, { message }) =>
      headers['x-limit'] === '0'
        ? { error: QuotaExhaustedError, advice: `Buy more: ${message ?? ''}` }
        : undefined;
    const rules: Partial<ApiErrorRules> = { override, advice: { 429: 'Wait.' } };
    const body = { message: 'Full!' };
    const none = errorFor({ status: 429, body, headers: { 'x-limit': '0' } }, rules);
    expect(none).toBeInstanceOf(QuotaExhaustedError);
    expect(none.message).toBe(`${CALL}: the API answered 429: Full! Buy more: Full!`);
    const some = errorFor({ status: 429, body }, rules);
    expect(some).toBeInstanceOf(RateLimitError);
    expect(some.message).toBe(`${CALL}: the API answered 429: Full! Wait.`);
    expect(errorFor({ status: 401 }, rules).message).toContain('Check the API key.');
  });

  it('takes over what else was read', () => {
    const error = errorFor(
      { status: 503 },
      { read: () => ({ retryable: false, context: { zone: 'north' } }) },
    );
    expect(error).toMatchObject({ retryable: false, context: { zone: 'north' } });
  });
});

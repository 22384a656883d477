import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { API_ERROR_CLASSES, RateLimitError } from './api-errors.ts';
import type { ErrorCode } from './error-code.ts';
import { IntegrationError } from './integration-error.ts';
import { CircuitOpenError, ValidationError } from './local-errors.ts';
import {
  fromProblemDetails,
  isProblemDetails,
  PROBLEM_MEDIA_TYPE,
  problemText,
  toProblemDetails,
} from './problem-details.ts';
import { StreamTruncatedError } from './protocol-errors.ts';
import { AttemptTimeoutError } from './timeout-errors.ts';

const HIDDEN = 'hidden-value';

describe('toProblemDetails', () => {
  it('has the media type of RFC 9457', () => {
    expect(PROBLEM_MEDIA_TYPE).toBe('application/problem+json');
  });

  it('writes the members of RFC 9457, and what a retry needs', () => {
    const error = new RateLimitError('Slow down.', {
      status: 429,
      retryAfterMs: 1500,
      requestId: 'r1',
      context: { model: 'large' },
      cause: new Error(HIDDEN),
    });
    expect(toProblemDetails(error)).toStrictEqual({
      type: 'urn:integrations:error:rate_limit',
      title: 'Rate limit',
      status: 429,
      detail: 'Slow down.',
      instance: 'urn:request:r1',
      retryable: true,
      retry_after_ms: 1500,
    });
  });

  it.each([
    [new ValidationError('m'), 400, 'Validation'],
    [new CircuitOpenError('m'), 503, 'Circuit open'],
    [new AttemptTimeoutError('m'), 504, 'Attempt timeout'],
    [new StreamTruncatedError('m'), 502, 'Stream truncated'],
  ])('finds a status and a title for %s', (error, status, title) => {
    expect(toProblemDetails(error)).toStrictEqual({
      type: `urn:integrations:error:${error.code}`,
      title,
      status,
      detail: 'm',
      retryable: error.retryable,
    });
  });

  it('gives one title to one type, whatever the class is called', () => {
    class TooManyTokens extends RateLimitError {}
    expect(toProblemDetails(new TooManyTokens('m')).title).toBe('Rate limit');
  });

  it('sends no secret on', () => {
    const error = new IntegrationError('server', `api_key=${HIDDEN}`, false, {
      context: { password: HIDDEN },
      cause: new Error(HIDDEN),
    });
    expect(JSON.stringify(toProblemDetails(error))).not.toContain(HIDDEN);
  });
});

describe('isProblemDetails', () => {
  it.each([
    [{ title: 'Not found' }],
    [{ detail: 'No such file.' }],
    [
      {
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        detail: 'd',
        instance: '/1',
        more: [],
      },
    ],
  ])('knows %j', (body) => {
    expect(isProblemDetails(body)).toBe(true);
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    [],
    [{ title: 'Not found' }],
    {},
    { type: 'about:blank' },
    { error: { message: 'wrong' } },
    { detail: [{ msg: 'wrong' }] },
    { title: 5 },
    { title: 'Not found', detail: {} },
    { type: 1, title: 'Not found' },
  ])('does not take %j for one', (body) => {
    expect(isProblemDetails(body)).toBe(false);
  });
});

describe('fromProblemDetails', () => {
  it('gives the error of the status that was answered, with the whole problem', () => {
    const problem = {
      type: 'https://api.test/problems/out-of-credit',
      title: 'You have no credit.',
      status: 418,
      detail: 'Your balance is 30.',
      instance: '/account/12345/msgs/abc',
      balance: 30,
      accounts: ['/account/12345'],
    };
    const error = fromProblemDetails(problem, 403, {
      provider: 'openai',
      requestId: 'r1',
      context: { operation: 'chat' },
    });
    expect(error).toMatchObject({
      name: 'PermissionDeniedError',
      status: 403,
      message: 'Your balance is 30.',
      type: problem.type,
      provider: 'openai',
      requestId: 'r1',
    });
    expect(error.context).toStrictEqual({ operation: 'chat', problem });
  });

  it.each([
    [{ title: 'T', detail: 'D' }, 'D'],
    [{ title: 'T', detail: '' }, 'T'],
    [{ title: 'T' }, 'T'],
    [{ title: '' }, 'The server answered 500.'],
    [{}, 'The server answered 500.'],
  ])('takes its message from %j', (problem, message) => {
    expect(fromProblemDetails(problem, 500).message).toBe(message);
  });

  it('says what its reader makes of it', () => {
    const problem = { title: 'T', detail: 'D' };
    const error = fromProblemDetails(problem, 404, {}, 'acme models.get: the API answered 404: D');
    expect(error.message).toBe('acme models.get: the API answered 404: D');
    expect(error.context['problem']).toEqual(problem);
    expect([problem, { title: 'T', detail: '' }, { title: '' }].map(problemText)).toEqual([
      'D',
      'T',
      undefined,
    ]);
  });

  it('keeps no secret of what was sent', () => {
    const problem = {
      title: 'T',
      detail: `password=${HIDDEN}`,
      headers: { authorization: HIDDEN },
      echo: [`Bearer ${HIDDEN}`],
    };
    const error = fromProblemDetails(problem, 400);
    expect(error.message).toBe('password=[REDACTED]');
    expect(error.context['problem']).toMatchObject({ title: 'T', echo: ['Bearer [REDACTED]'] });
    expect(JSON.stringify(error)).not.toContain(HIDDEN);
  });

  it('gives back the class, status and facts of every API error that it wrote', () => {
    const codes = fc.constantFrom(...(Object.keys(API_ERROR_CLASSES) as ErrorCode[]));
    const facts = fc.record({
      code: codes,
      status: fc.integer({ min: 400, max: 599 }),
      message: fc.constantFrom('It failed.', 'Something else failed.'),
      requestId: fc.option(fc.constantFrom('r1', 'r2'), { nil: undefined }),
      retryAfterMs: fc.option(fc.nat(), { nil: undefined }),
      retryable: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, ({ code, message, ...options }) => {
        const type = API_ERROR_CLASSES[code] ?? expect.fail(`no class of ${code}`);
        const sent = new type(message, options);
        const body: unknown = JSON.parse(JSON.stringify(toProblemDetails(sent)));
        if (!isProblemDetails(body)) expect.fail('not a problem');
        const received = fromProblemDetails(body, body.status ?? 0);
        expect(received).toBeInstanceOf(type);
        const { code: gotCode, status, retryable, requestId, retryAfterMs } = received;
        expect([gotCode, status, retryable, requestId, retryAfterMs]).toEqual([
          sent.code,
          sent.status,
          sent.retryable,
          sent.requestId,
          sent.retryAfterMs,
        ]);
        expect(received.message).toBe(message);
      }),
    );
  });

  it("takes a server's own timeout for an error of its status", () => {
    const problem = toProblemDetails(new AttemptTimeoutError('too long'));
    expect(fromProblemDetails(problem, 504)).toMatchObject({
      code: 'server',
      status: 504,
      retryable: true,
      apiCode: 'attempt_timeout',
    });
  });

  it('prefers what the caller knows to what the problem says', () => {
    const problem = toProblemDetails(
      new RateLimitError('m', { status: 429, requestId: 'r1', retryAfterMs: 5 }),
    );
    expect(
      fromProblemDetails(problem, 429, {
        requestId: 'r2',
        retryAfterMs: undefined,
        retryable: false,
        apiCode: 'c',
      }),
    ).toMatchObject({ requestId: 'r2', retryAfterMs: 5, retryable: false, apiCode: 'c' });
  });

  it.each([
    { type: 'urn:integrations:error:', title: 'T' },
    { type: 'urn:integrations:error:constructor', title: 'T' },
    { type: 'urn:integrations:error:unheard_of', title: 'T' },
    {
      type: 'urn:integrations:error:unheard_of',
      title: 'T',
      retryable: 'no',
      retry_after_ms: -1,
      instance: '/1',
    },
  ])('reads no more into %j than it says', (problem) => {
    expect(fromProblemDetails(problem, 500)).toMatchObject({
      name: 'ServerError',
      retryable: true,
      retryAfterMs: undefined,
      requestId: undefined,
    });
  });
});

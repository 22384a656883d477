import { describe, expect, it } from 'vitest';
import * as errors from './index.ts';
import type { ErrorCode, IntegrationError, IntegrationErrorOptions } from './index.ts';

type ErrorClass = new (message: string, options?: IntegrationErrorOptions) => IntegrationError;

interface Row {
  readonly type: ErrorClass;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly parents: readonly (abstract new (...args: never) => Error)[];
}

const { ApiError, ConnectionError, ProtocolError, TimeoutError } = errors;

const ROWS: readonly Row[] = [
  { type: errors.ConfigurationError, code: 'configuration', retryable: false, parents: [] },
  { type: errors.ValidationError, code: 'validation', retryable: false, parents: [] },
  { type: errors.SerializationError, code: 'serialization', retryable: false, parents: [] },
  { type: errors.BadRequestError, code: 'bad_request', retryable: false, parents: [ApiError] },
  {
    type: errors.AuthenticationError,
    code: 'authentication',
    retryable: false,
    parents: [ApiError],
  },
  {
    type: errors.PermissionDeniedError,
    code: 'permission_denied',
    retryable: false,
    parents: [ApiError],
  },
  { type: errors.NotFoundError, code: 'not_found', retryable: false, parents: [ApiError] },
  { type: errors.GoneError, code: 'gone', retryable: false, parents: [ApiError] },
  { type: errors.ConflictError, code: 'conflict', retryable: true, parents: [ApiError] },
  { type: errors.UnprocessableError, code: 'unprocessable', retryable: false, parents: [ApiError] },
  { type: errors.RateLimitError, code: 'rate_limit', retryable: true, parents: [ApiError] },
  {
    type: errors.QuotaExhaustedError,
    code: 'quota_exhausted',
    retryable: false,
    parents: [ApiError],
  },
  {
    type: errors.ContentFilterError,
    code: 'content_filter',
    retryable: false,
    parents: [ApiError],
  },
  { type: errors.ServerError, code: 'server', retryable: true, parents: [ApiError] },
  { type: errors.OverloadedError, code: 'overloaded', retryable: true, parents: [ApiError] },
  {
    type: errors.UnexpectedStatusError,
    code: 'unexpected_status',
    retryable: false,
    parents: [ApiError],
  },
  { type: errors.ConnectionError, code: 'connection', retryable: true, parents: [] },
  { type: errors.DnsError, code: 'dns', retryable: true, parents: [ConnectionError] },
  { type: errors.TlsError, code: 'tls', retryable: false, parents: [ConnectionError] },
  {
    type: errors.ConnectTimeoutError,
    code: 'connect_timeout',
    retryable: true,
    parents: [TimeoutError],
  },
  {
    type: errors.HeadersTimeoutError,
    code: 'headers_timeout',
    retryable: true,
    parents: [TimeoutError],
  },
  {
    type: errors.AttemptTimeoutError,
    code: 'attempt_timeout',
    retryable: true,
    parents: [TimeoutError],
  },
  {
    type: errors.TotalTimeoutError,
    code: 'total_timeout',
    retryable: false,
    parents: [TimeoutError],
  },
  {
    type: errors.StreamIdleTimeoutError,
    code: 'stream_idle_timeout',
    retryable: true,
    parents: [TimeoutError],
  },
  { type: errors.DeadlineError, code: 'deadline_exceeded', retryable: false, parents: [] },
  { type: errors.AbortedError, code: 'aborted', retryable: false, parents: [] },
  { type: errors.CircuitOpenError, code: 'circuit_open', retryable: true, parents: [] },
  { type: errors.QueueFullError, code: 'queue_full', retryable: true, parents: [] },
  { type: errors.ProtocolError, code: 'protocol', retryable: false, parents: [] },
  {
    type: errors.InvalidJsonError,
    code: 'invalid_json',
    retryable: true,
    parents: [ProtocolError],
  },
  {
    type: errors.UnexpectedContentTypeError,
    code: 'unexpected_content_type',
    retryable: false,
    parents: [ProtocolError],
  },
  {
    type: errors.StreamTruncatedError,
    code: 'stream_truncated',
    retryable: true,
    parents: [ProtocolError],
  },
  {
    type: errors.ResponseTooLargeError,
    code: 'response_too_large',
    retryable: false,
    parents: [ProtocolError],
  },
  { type: errors.RefusalError, code: 'refusal', retryable: false, parents: [] },
  { type: errors.LengthFinishReasonError, code: 'length', retryable: false, parents: [] },
  { type: errors.InvalidOutputError, code: 'invalid_output', retryable: true, parents: [] },
  { type: errors.TurnLimitError, code: 'turn_limit', retryable: false, parents: [] },
  { type: errors.JobFailedError, code: 'job_failed', retryable: false, parents: [] },
  { type: errors.WebhookSignatureError, code: 'webhook_signature', retryable: false, parents: [] },
];

/** Those that nobody throws as they are. */
const BASES: readonly string[] = ['IntegrationError', 'ApiError', 'TimeoutError'];

describe('the error classes', () => {
  it('are all in the table', () => {
    const exported = Object.entries(errors).filter(([name]) => /^[A-Z].*Error$/.test(name));
    const names = exported.map(([name]) => name).filter((name) => !BASES.includes(name));
    expect(names.toSorted()).toEqual(ROWS.map((row) => row.type.name).toSorted());
  });

  it('have a code each', () => {
    expect(new Set(ROWS.map((row) => row.code)).size).toBe(ROWS.length);
  });

  it.each(ROWS)('$type.name is $code', ({ type, code, retryable, parents }) => {
    const cause = new Error('before');
    const error = new type('it failed', {
      status: 418,
      retryAfterMs: 5,
      requestId: 'r1',
      context: { model: 'large' },
      cause,
    });
    expect(error).toMatchObject({
      name: type.name,
      message: 'it failed',
      code,
      retryable,
      status: 418,
      retryAfterMs: 5,
      requestId: 'r1',
      context: { model: 'large' },
      cause,
    });
    for (const parent of [type, ...parents, errors.IntegrationError, Error]) {
      expect(error).toBeInstanceOf(parent);
    }
    const strangers = ROWS.map((row) => row.type).filter(
      (other) => other !== type && !parents.includes(other),
    );
    expect(strangers.filter((other) => error instanceof other)).toEqual([]);
    expect(errors.isIntegrationError(error)).toBe(true);
    expect(error.toJSON()).toMatchObject({ name: type.name, code, retryable });
    expect(new type('it failed').context).toEqual({});
  });

  it.each(ROWS)('$type.name lets an option decide whether to retry', ({ type, retryable }) => {
    const fixed = type === errors.QuotaExhaustedError || type === errors.TlsError;
    expect(new type('it failed', { retryable: !retryable }).retryable).toBe(
      fixed ? false : !retryable,
    );
  });

  it('keep what the provider said', () => {
    const said = { provider: 'openai', type: 't', apiCode: 'c', param: 'p' };
    expect(new errors.BadRequestError('wrong', said)).toMatchObject(said);
    expect(new errors.BadRequestError('wrong')).toMatchObject({
      provider: undefined,
      type: undefined,
    });
  });

  it('keep the issues of a validation', () => {
    const issues = [{ path: 'n', message: 'is negative' }];
    expect(new errors.ValidationError('wrong', { issues }).issues).toEqual(issues);
    expect(new errors.ValidationError('wrong').issues).toEqual([]);
  });

  it('keep what is wrong with an output, and why the model refused', () => {
    const issues = [{ path: 'n', message: 'is negative' }];
    expect(new errors.InvalidOutputError('wrong', { issues }).issues).toEqual(issues);
    expect(new errors.InvalidOutputError('wrong').issues).toEqual([]);
    expect(new errors.RefusalError('no', { refusal: 'I will not.' }).refusal).toBe('I will not.');
    expect(new errors.RefusalError('no').refusal).toBe('');
  });

  it('keep what is wrong with a webhook', () => {
    const error = new errors.WebhookSignatureError('wrong', { problem: 'too_old' });
    expect(error.toJSON()).toMatchObject({ problem: 'too_old' });
    expect(new errors.WebhookSignatureError('wrong').problem).toBe('wrong_signature');
  });
});

import {
  AbortedError,
  apiErrorFromStatus,
  AttemptTimeoutError,
  CircuitOpenError,
  ConfigurationError,
  ConnectionError,
  ConnectTimeoutError,
  ContentFilterError,
  DeadlineError,
  DnsError,
  HeadersTimeoutError,
  InvalidJsonError,
  ProtocolError,
  QueueFullError,
  QuotaExhaustedError,
  ResponseTooLargeError,
  SerializationError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
  TlsError,
  TotalTimeoutError,
  UnexpectedContentTypeError,
  ValidationError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import type { BreakerVerdict } from './circuit-breaker-options.ts';
import { classifyError } from './classify-error.ts';

const byStatus: readonly (readonly [number, BreakerVerdict])[] = [
  [302, 'ignore'],
  [400, 'success'],
  [401, 'success'],
  [402, 'ignore'],
  [403, 'success'],
  [404, 'success'],
  [408, 'failure'],
  [409, 'success'],
  [410, 'success'],
  [422, 'success'],
  [429, 'ignore'],
  [500, 'failure'],
  [502, 'failure'],
  [503, 'failure'],
  [529, 'failure'],
];

const ours: readonly (readonly [Error, BreakerVerdict])[] = [
  [new ConfigurationError('x'), 'ignore'],
  [new ValidationError('x'), 'ignore'],
  [new SerializationError('x'), 'ignore'],
  [new DeadlineError('x'), 'ignore'],
  [new CircuitOpenError('x'), 'ignore'],
  [new QueueFullError('x'), 'ignore'],
  [new AbortedError('x'), 'ignore'],
  [new QuotaExhaustedError('x', { status: 429 }), 'ignore'],
  [new ContentFilterError('x'), 'success'],
  [new ResponseTooLargeError('x'), 'success'],
  [new ConnectionError('x'), 'failure'],
  [new DnsError('x'), 'failure'],
  [new TlsError('x'), 'failure'],
  [new ConnectTimeoutError('x'), 'failure'],
  [new HeadersTimeoutError('x'), 'failure'],
  [new AttemptTimeoutError('x'), 'failure'],
  [new TotalTimeoutError('x'), 'failure'],
  [new StreamIdleTimeoutError('x'), 'failure'],
  [new ProtocolError('x'), 'failure'],
  [new InvalidJsonError('x'), 'failure'],
  [new UnexpectedContentTypeError('x'), 'failure'],
  [new StreamTruncatedError('x'), 'failure'],
];

const foreign: readonly (readonly [string, unknown, BreakerVerdict])[] = [
  ['a bug', new TypeError('fetch failed'), 'failure'],
  ['nothing', undefined, 'failure'],
  ['null', null, 'failure'],
  ['a text', 'no', 'failure'],
  ["the platform's abort", new DOMException('stop', 'AbortError'), 'ignore'],
  ["the platform's timeout", new DOMException('late', 'TimeoutError'), 'failure'],
  ['a status of 404', Object.assign(new Error('x'), { status: 404 }), 'success'],
  ['a status of 408', Object.assign(new Error('x'), { status: 408 }), 'failure'],
  ['a status of 429', Object.assign(new Error('x'), { status: 429 }), 'ignore'],
  ['a status of 503', Object.assign(new Error('x'), { status: 503 }), 'failure'],
  ['a status in words', Object.assign(new Error('x'), { status: 'closed' }), 'failure'],
];

describe('classifyError', () => {
  it.for(byStatus)('takes a %i for %s', ([status, verdict]) => {
    expect(classifyError(apiErrorFromStatus(status, 'x'))).toBe(verdict);
  });

  it.for(ours)('takes %o for %s', ([error, verdict]) => {
    expect(classifyError(error)).toBe(verdict);
  });

  it.for(foreign)('takes %s of another library for what it says', ([, error, verdict]) => {
    expect(classifyError(error)).toBe(verdict);
  });

  it('judges a code that it does not know by the status', () => {
    const unknown = (status?: number): object => {
      const error = new ConfigurationError('x', { status });
      return Object.defineProperty(error, 'code', { value: 'of_a_later_version' });
    };
    expect(classifyError(unknown(404))).toBe('success');
    expect(classifyError(unknown())).toBe('failure');
  });
});

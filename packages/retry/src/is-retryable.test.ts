import {
  AbortedError,
  BadRequestError,
  CircuitOpenError,
  ConnectionError,
  DeadlineError,
  OverloadedError,
  QueueFullError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  TotalTimeoutError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { isRetryable, provesNothingDone } from './is-retryable.ts';

describe('isRetryable', () => {
  it.each([
    new ServerError('Failed.'),
    new RateLimitError('Slow down.'),
    new ConnectionError('The connection was reset.'),
    new BadRequestError('It says try again.', { retryable: true }),
  ])('is true for %s', (error) => {
    expect(isRetryable(error)).toBe(true);
  });

  it.each([
    new BadRequestError('No such field.'),
    new ServerError('The answer had begun.', { retryable: false }),
    new TypeError('fetch failed'),
    new DOMException('This operation was aborted', 'AbortError'),
    { retryable: true },
    'text',
    undefined,
  ])('is false for %s', (error) => {
    expect(isRetryable(error)).toBe(false);
  });

  it.each([
    AbortedError,
    CircuitOpenError,
    QueueFullError,
    DeadlineError,
    TotalTimeoutError,
    QuotaExhaustedError,
  ])('is false for %o even when it calls itself retryable', (ErrorClass) => {
    expect(isRetryable(new ErrorClass('No.', { retryable: true }))).toBe(false);
  });
});

describe('provesNothingDone', () => {
  it('is true for refusals, and false for what may have happened', () => {
    const refused = [new RateLimitError('Slow down.'), new OverloadedError('Busy.')];
    const unclear = [new ServerError('Failed.'), new ConnectionError('Reset.'), 'text'];
    expect(refused.map(provesNothingDone)).toEqual([true, true]);
    expect(unclear.map(provesNothingDone)).toEqual([false, false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { abortReason } from './abort-reason.ts';
import { AbortedError } from './local-errors.ts';
import { AttemptTimeoutError } from './timeout-errors.ts';

describe('abortReason', () => {
  it('is the reason itself where that is one of ours', () => {
    const reason = new AttemptTimeoutError('too long');
    expect(abortReason(AbortSignal.abort(reason))).toBe(reason);
  });

  it.each([undefined, null, 'text', new Error('given up')])('wraps %o', (reason) => {
    const signal = AbortSignal.abort(reason);
    const error = abortReason(signal, 'openai chat.create');
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({
      code: 'aborted',
      message: 'openai chat.create was aborted by its caller.',
    });
    expect(error.cause).toBe(signal.reason);
  });

  it('has a name for a call that has none', () => {
    expect(abortReason(AbortSignal.abort()).message).toBe('The call was aborted by its caller.');
  });
});

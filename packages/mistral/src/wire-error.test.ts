import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMistralError } from './wire-error.ts';

const ISSUE = {
  type: 'missing',
  loc: ['body', 'messages', 0, 'content'],
  msg: 'Field required',
  input: 'a private prompt',
  ctx: { given: 'a private prompt' },
};

describe('readMistralError', () => {
  it.each([
    [
      'one with everything beside each other',
      {
        object: 'error',
        message: 'Rate limit exceeded',
        type: 'rate_limited',
        param: null,
        code: '1300',
        raw_status_code: 429,
      },
      { message: 'Rate limit exceeded', type: 'rate_limited', code: '1300' },
    ],
    [
      'one whose message holds issues',
      {
        object: 'error',
        message: { detail: [ISSUE] },
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
      {
        message: 'messages[0].content: Field required',
        type: 'invalid_request_error',
        param: 'messages[0].content',
      },
    ],
    [
      'one that is only issues',
      { detail: [ISSUE, { loc: ['body', 'model'], msg: 'Field required' }] },
      {
        message: 'messages[0].content: Field required; model: Field required',
        param: 'messages[0].content',
      },
    ],
    ['one that is only a text', { detail: 'Not found' }, { message: 'Not found' }],
    [
      'one with issues beside its message, and a number as its code',
      {
        object: 'Error',
        detail: [{ loc: ['body', 'top_p'], msg: 'Too large' }],
        message: ['Too large'],
        type: 'invalid_request',
        code: 3001,
      },
      { message: 'top_p: Too large', type: 'invalid_request', code: '3001', param: 'top_p' },
    ],
    [
      'one of the gateway',
      { message: 'Unauthorized', request_id: 'abc' },
      { message: 'Unauthorized' },
    ],
    [
      'one whose detail is an object',
      { detail: { message: 'No such dataset', error_code: 'not_found' } },
      { message: 'No such dataset', code: 'not_found' },
    ],
    [
      'one inside a member of its own',
      { error: { message: 'Overloaded', type: 'server_error', code: 3505 } },
      { message: 'Overloaded', type: 'server_error', code: '3505' },
    ],
    ['one whose error is a text', { error: 'Overloaded' }, { message: 'Overloaded' }],
    ['a list of texts', { message: ['One', 'Two'] }, { message: 'One; Two' }],
    [
      'an issue without words',
      { detail: [{ loc: ['body', 'n'] }] },
      { message: 'n is wrong', param: 'n' },
    ],
    ['nothing', undefined, {}],
    ['a page', '<html>Bad gateway</html>', {}],
    ['a list', [1], {}],
  ])('reads %s', (_what, body, expected) => {
    const { message, type, code, param } = readMistralError(body);
    expect({ message, type, code, param }).toEqual({
      message: undefined,
      type: undefined,
      code: undefined,
      param: undefined,
      ...expected,
    });
  });

  it('never tells what the request held', () => {
    const text = JSON.stringify(readMistralError({ message: { detail: [ISSUE] } }));
    expect(text).not.toContain('private');
  });

  it('reads anything without failing, and gives texts only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        for (const value of Object.values(readMistralError(body))) {
          expect(value === undefined || typeof value === 'string').toBe(true);
        }
      }),
    );
  });
});

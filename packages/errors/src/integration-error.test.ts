import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretString } from '@integrations/types';
import { RateLimitError } from './api-errors.ts';
import { ConnectionError } from './connection-errors.ts';
import type * as integrationErrorModule from './integration-error.ts';
import { IntegrationError, isIntegrationError } from './integration-error.ts';
import { ValidationError } from './local-errors.ts';

const HIDDEN = 'hidden-value';

/** The package a second time, as an application with two versions of it has it. */
async function importAgain(): Promise<typeof integrationErrorModule> {
  const copy = './integration-error.ts?copy';
  return (await import(/* @vite-ignore */ copy)) as typeof integrationErrorModule;
}

describe('IntegrationError', () => {
  it('carries what it is given', () => {
    const cause = new Error('reset');
    const error = new IntegrationError('server', 'failed', true, {
      retryAfterMs: 5,
      status: 503,
      requestId: 'r1',
      context: { model: 'large' },
      cause,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'IntegrationError',
      message: 'failed',
      code: 'server',
      retryable: true,
      retryAfterMs: 5,
      status: 503,
      requestId: 'r1',
      context: { model: 'large' },
    });
    expect(error.cause).toBe(cause);
  });

  it('has no cause, status or context of its own', () => {
    const error = new IntegrationError('server', 'failed', false);
    expect('cause' in error).toBe(false);
    expect([error.status, error.retryAfterMs, error.requestId]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(error.context).toStrictEqual({});
  });

  it.each([true, false])('lets an option decide over the class: %s', (retryable) => {
    expect(new IntegrationError('server', 'failed', !retryable, { retryable }).retryable).toBe(
      retryable,
    );
  });

  it('begins its stack with its name, for subclasses outside this package too', () => {
    class TooHotError extends RateLimitError {}
    const error = new TooHotError('slow down');
    expect(error.name).toBe('TooHotError');
    expect(String(error)).toBe('TooHotError: slow down');
    expect(error.stack).toMatch(/^TooHotError: slow down\n/);
    expect(new RateLimitError('slow down').stack).toMatch(/^RateLimitError: slow down\n/);
    expect(new (class extends RateLimitError {})('slow down').name).toBe('RateLimitError');
    expect(Object.keys(error)).not.toContain('name');
  });

  it('takes secrets out of message, stack and context as it is made', () => {
    const error = new IntegrationError('server', `password=${HIDDEN}`, false, {
      context: { headers: { authorization: HIDDEN }, key: new SecretString(HIDDEN) },
    });
    expect(error.message).toBe('password=[REDACTED]');
    expect(error.context).toStrictEqual({
      headers: { authorization: '[REDACTED]' },
      key: '[REDACTED]',
    });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(HIDDEN);
  });

  it('does not change with the context that it was given', () => {
    const context = { model: 'large' };
    const error = new IntegrationError('server', 'failed', false, { context });
    context.model = 'small';
    expect(error.context).toEqual({ model: 'large' });
  });
});

describe('IntegrationError.toJSON', () => {
  it('is what JSON.stringify writes, without what is not set', () => {
    const bare = new ConnectionError('failed');
    expect(JSON.parse(JSON.stringify({ bare }))).toEqual({
      bare: { name: 'ConnectionError', message: 'failed', code: 'connection', retryable: true },
    });
    const full = new RateLimitError('slow down', {
      status: 429,
      retryAfterMs: 5,
      requestId: 'r1',
      provider: 'openai',
      type: 'tokens',
      apiCode: 'rate_limit_exceeded',
      param: 'model',
      context: { model: 'large' },
    });
    expect(JSON.parse(JSON.stringify(full))).toEqual({
      name: 'RateLimitError',
      message: 'slow down',
      code: 'rate_limit',
      retryable: true,
      retryAfterMs: 5,
      status: 429,
      requestId: 'r1',
      provider: 'openai',
      type: 'tokens',
      apiCode: 'rate_limit_exceeded',
      param: 'model',
      context: { model: 'large' },
    });
  });

  it('shows the issues of a validation', () => {
    const issues = [{ path: 'messages[0].role', message: 'is missing' }];
    expect(new ValidationError('wrong', { issues }).toJSON()).toMatchObject({ issues });
  });

  it('shows causes of both kinds, each with its own, and no stack', () => {
    const error = new IntegrationError('server', 'failed', false, {
      cause: new ConnectionError('broken', {
        context: { host: 'api.test' },
        cause: Object.assign(new Error(`password=${HIDDEN}`), {
          code: 'ECONNRESET',
          cause: HIDDEN.toUpperCase(),
        }),
      }),
    });
    expect(error.toJSON()).toMatchObject({
      cause: {
        name: 'ConnectionError',
        context: { host: 'api.test' },
        cause: {
          name: 'Error',
          message: 'password=[REDACTED]',
          code: 'ECONNRESET',
          cause: HIDDEN.toUpperCase(),
        },
      },
    });
    expect(JSON.stringify(error)).not.toContain(HIDDEN);
    expect(JSON.stringify(error)).not.toContain('.test.ts');
  });

  it('cuts a chain of causes that comes back to its beginning', () => {
    const first = new ConnectionError('first');
    first.cause = new ConnectionError('second', { cause: first });
    expect(first.toJSON()).toMatchObject({ cause: { message: 'second', cause: '[Circular]' } });
  });

  it('cuts a chain of causes that is too long', () => {
    let error = new ConnectionError('first');
    for (let count = 0; count < 10_000; count += 1)
      error = new ConnectionError('x', { cause: error });
    expect(JSON.stringify(error)).toContain('"cause":"[Truncated]"');
  });

  it('carries a context that JSON could not', () => {
    const cyclic: Record<string, unknown> = { size: 5n };
    cyclic['self'] = cyclic;
    Object.defineProperty(cyclic, 'broken', {
      enumerable: true,
      get: () => {
        throw new Error(HIDDEN);
      },
    });
    const error = new IntegrationError('server', 'failed', false, { context: cyclic });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      context: { size: '5', self: '[Circular]', broken: '[Unreadable]' },
    });
  });

  it.each([
    ['a text', `token=${HIDDEN}`, 'token=[REDACTED]'],
    ['null', null, null],
    ['a number', 5, 5],
    ['an object', { password: HIDDEN }, { password: '[REDACTED]' }],
  ])('shows a cause that is %s', (_name, cause, expected) => {
    const error = new IntegrationError('server', 'failed', false, { cause });
    expect(error.toJSON().cause).toEqual(expected);
  });
});

describe('isIntegrationError', () => {
  it('knows errors of a second copy of this package, which instanceof does not', async () => {
    const copy = await importAgain();
    expect(copy.IntegrationError).not.toBe(IntegrationError);
    const theirs = new copy.IntegrationError('server', 'failed', true);
    expect(theirs).not.toBeInstanceOf(IntegrationError);
    expect(isIntegrationError(theirs)).toBe(true);
    expect(copy.isIntegrationError(new RateLimitError('slow down'))).toBe(true);
  });

  it('shows a cause of a second copy in full', async () => {
    const copy = await importAgain();
    const cause = new copy.IntegrationError('overloaded', 'busy', true, { status: 529 });
    expect(new ConnectionError('failed', { cause }).toJSON()).toMatchObject({
      cause: { code: 'overloaded', retryable: true, status: 529 },
    });
  });

  it.each([undefined, null, 'text', 5, {}, new Error('plain'), { code: 'server' }])(
    'does not take %o for one',
    (value) => {
      expect(isIntegrationError(value)).toBe(false);
    },
  );
});

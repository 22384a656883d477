import { describe, expect, it } from 'vitest';
import { API_ERROR_CLASSES, ApiError, apiErrorFromStatus } from './api-errors.ts';
import type { ErrorCode } from './error-code.ts';
import { registerSecret } from './secret-registry.ts';

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'authentication',
  402: 'quota_exhausted',
  403: 'permission_denied',
  404: 'not_found',
  408: 'server',
  409: 'conflict',
  410: 'gone',
  422: 'unprocessable',
  429: 'rate_limit',
  503: 'overloaded',
  529: 'overloaded',
};

const RETRYABLE: readonly number[] = [408, 409, 429];

const statuses = Array.from({ length: 200 }, (_, index) => 400 + index);

describe('apiErrorFromStatus', () => {
  it.each(statuses)('%d gives its class', (status) => {
    const error = apiErrorFromStatus(status, 'it failed', { requestId: 'r1', provider: 'openai' });
    const code = CODES[status] ?? (status < 500 ? 'bad_request' : 'server');
    const retryable = status >= 500 || RETRYABLE.includes(status);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code,
      status,
      retryable,
      requestId: 'r1',
      provider: 'openai',
      message: 'it failed',
    });
  });

  it.each([0, 100, 200, 204, 301, 304, 399, Number.NaN])('%d is not an error status', (status) => {
    expect(apiErrorFromStatus(status, 'odd')).toMatchObject({
      name: 'UnexpectedStatusError',
      status,
      retryable: false,
    });
  });

  it('lets an option decide whether to retry, but never after a quota', () => {
    expect(apiErrorFromStatus(400, 'm', { retryable: true }).retryable).toBe(true);
    expect(apiErrorFromStatus(500, 'm', { retryable: false }).retryable).toBe(false);
    expect(apiErrorFromStatus(402, 'm', { retryable: true }).retryable).toBe(false);
  });

  it('takes the status that was answered over one in the options', () => {
    expect(apiErrorFromStatus(404, 'm', { status: 200 }).status).toBe(404);
  });
});

describe('API_ERROR_CLASSES', () => {
  it('names the class of each code', () => {
    for (const [code, type] of Object.entries(API_ERROR_CLASSES)) {
      expect(new type('it failed').code).toBe(code);
    }
  });
});

describe('ApiError', () => {
  it('keeps secrets out of everything that a server said', () => {
    using registration = registerSecret('plain words here');
    expect(registration.registered).toBe(true);
    const said = 'about plain words here';
    const error = apiErrorFromStatus(400, said, {
      requestId: said,
      type: said,
      apiCode: said,
      param: said,
    });
    const clean = 'about [REDACTED]';
    expect(error).toMatchObject({
      message: clean,
      requestId: clean,
      type: clean,
      apiCode: clean,
      param: clean,
    });
  });
});

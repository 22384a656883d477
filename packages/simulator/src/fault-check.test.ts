import { describe, expect, it } from 'vitest';
import { checkFault, checkRule } from './fault-check.ts';
import { SimulatorError } from './simulator-error.ts';

function refusal(check: (value: unknown) => unknown, value: unknown): SimulatorError {
  try {
    check(value);
  } catch (error) {
    if (error instanceof SimulatorError) return error;
  }
  throw new Error(`${JSON.stringify(value)} was accepted`);
}

describe('checkFault', () => {
  it.each([
    {
      status: 503,
      retryAfter: 2,
      retryAfterMs: 1500,
      body: 'html',
      headers: { 'x-region': 'test' },
    },
    { status: 429, error: { code: 'insufficient_quota' } },
    { redirect: { status: 307, location: '/elsewhere' } },
    { stallAfterEvents: 0, keepAliveCommentsMs: 5, lineEnding: '\r' },
    { errorEvent: { afterEvents: 2, error: { type: 'server_error', code: null } } },
    { status: 422, body: { detail: 'text' } },
    { errorEvent: { afterEvents: 0, body: { detail: 'text' } } },
    { unknownEvent: { afterEvents: 1, event: 'ping', data: '{}' }, omitDone: true },
    { malformedJson: 3, chunkBytes: 2 },
    { retryAfter: 'Fri, 20 Nov 2026 20:00:00 GMT', latencyMs: 0 },
  ])('accepts %j', (fault) => {
    expect(checkFault(fault)).toBe(fault);
  });

  it.each([
    [{ stattus: 503 }, '"stattus"'],
    [{ status: 200 }, 'status must be an error status'],
    [{ status: '503' }, 'status must be an error status'],
    [{ latencyMs: -1 }, 'latencyMs must be milliseconds'],
    [{ latencyMs: Infinity }, 'latencyMs must be milliseconds'],
    [
      { keepAliveCommentsMs: 0, stallAfterEvents: 1 },
      'keepAliveCommentsMs must be milliseconds from 1',
    ],
    [{ html: false }, 'html must be true'],
    [{ chunkBytes: 1.5 }, 'chunkBytes must be a whole number'],
    [{ lineEnding: '\t' }, 'lineEnding must be one of'],
    [{ redirect: { status: 200, location: '/' } }, 'redirect status must be one of'],
    [{ redirect: { status: 302 } }, 'redirect lacks location'],
    [{ errorEvent: {} }, 'errorEvent lacks afterEvents'],
    [
      { errorEvent: { afterEvents: 1, error: { kind: 'x' } } },
      'errorEvent error has no field "kind"',
    ],
    [{ unknownEvent: { afterEvents: 1, event: 'a\nb', data: '' } }, 'unknownEvent event must be'],
    [{ headers: { 'bad name': 'x' } }, 'headers has an impossible header'],
    [{ headers: { fine: 'split\r\nhere' } }, 'headers has an impossible header'],
    [{ headers: { fine: 3 } }, 'headers fine must be a string'],
    [{ error: { code: 'x' } }, 'error needs a status'],
    [{ body: 'html' }, 'body needs a status'],
    [{ status: 500, html: true }, 'status and html together'],
    [{ cutAfterEvents: 1, stallAfterEvents: 1 }, 'stallAfterEvents and cutAfterEvents together'],
    [{ status: 500, body: 'text' }, 'body must be json, empty, html, binary or an object'],
    [
      { status: 500, body: {}, error: { code: 'x' } },
      'error and a body that is an object together',
    ],
    [
      { errorEvent: { afterEvents: 1, body: {}, error: { code: 'x' } } },
      'errorEvent cannot have error',
    ],
    [{}, 'has no fields'],
    [[], 'must be an object'],
    [null, 'must be an object'],
    [{ constructor: true }, '"constructor"'],
  ])('refuses %j by name', (fault, words) => {
    const error = refusal(checkFault, fault);
    expect(error.code).toBe('invalid_fault');
    expect(error.message).toContain(words);
  });
});

describe('checkRule', () => {
  it.each([
    [{}, 'lacks fault'],
    [{ status: 503 }, 'lacks fault'],
    [{ fault: { status: 1 } }, 'fault status must be'],
    [{ fault: { html: true }, times: 0 }, 'times must be a whole number from 1'],
    [{ fault: { html: true }, match: { path: 'v1/models' } }, 'match path must begin with "/"'],
    [{ fault: { html: true }, match: { url: '/' } }, 'match has no field "url"'],
  ])('refuses %j by name', (rule, words) => {
    expect(refusal(checkRule, rule).message).toContain(words);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRateLimitHeaders } from './rate-limit-headers.ts';

const NOW = Date.UTC(2026, 0, 1);

const OPENAI = {
  'x-ratelimit-limit-requests': '500',
  'x-ratelimit-remaining-requests': '499',
  'x-ratelimit-reset-requests': '120ms',
  'x-ratelimit-limit-tokens': '30000',
  'x-ratelimit-remaining-tokens': '29000',
  'x-ratelimit-reset-tokens': '6m0s',
};

describe('parseRateLimitHeaders', () => {
  it("reads OpenAI's", () => {
    expect(parseRateLimitHeaders(OPENAI, NOW)).toEqual({
      requests: { limit: 500, remaining: 499, resetMs: 120 },
      tokens: { limit: 30_000, remaining: 29_000, resetMs: 360_000 },
    });
  });

  it("takes the tighter of organisation's and project's tokens", () => {
    const project = {
      'x-ratelimit-limit-project-tokens': '10000',
      'x-ratelimit-remaining-project-tokens': '9990',
      'x-ratelimit-reset-project-tokens': '7m',
    };
    expect(parseRateLimitHeaders({ ...OPENAI, ...project }, NOW)?.tokens).toEqual({
      limit: 10_000,
      remaining: 9990,
      resetMs: 420_000,
    });
    expect(parseRateLimitHeaders(project, NOW)).toEqual({
      tokens: { limit: 10_000, remaining: 9990, resetMs: 420_000 },
    });
  });

  it("reads Mistral's", () => {
    const headers = {
      'x-ratelimit-limit-req-minute': '60',
      'x-ratelimit-remaining-req-minute': '59',
      'x-ratelimit-limit-tokens-minute': '500000',
      'x-ratelimit-remaining-tokens-minute': '499000',
      'x-ratelimit-limit-tokens-month': '1000000000',
      'x-ratelimit-tokens-query-cost': '32000',
    };
    expect(parseRateLimitHeaders(headers, NOW)).toEqual({
      requests: { limit: 60, remaining: 59 },
      tokens: { limit: 500_000, remaining: 499_000 },
    });
  });

  it('tells an allowance of 0 from one that is not stated', () => {
    const headers = { 'x-ratelimit-limit-req-minute': '0' };
    expect(parseRateLimitHeaders(headers, NOW)).toEqual({ requests: { limit: 0 } });
  });

  it.each(['', 'x-'])("reads Mistral's older ones, with the prefix '%s'", (prefix) => {
    const plain = {
      [`${prefix}ratelimitbysize-limit`]: '500',
      [`${prefix}ratelimitbysize-remaining`]: '400',
      [`${prefix}ratelimitbysize-reset`]: '12',
    };
    const tokens = { limit: 500, remaining: 400, resetMs: 12_000 };
    expect(parseRateLimitHeaders(plain, NOW)).toEqual({ tokens });
    const minute = {
      ...plain,
      [`${prefix}ratelimitbysize-limit-minute`]: '50',
      [`${prefix}ratelimitbysize-remaining-minute`]: '40',
      [`${prefix}ratelimitbysize-limit-month`]: '9',
    };
    expect(parseRateLimitHeaders(minute, NOW)).toEqual({
      tokens: { limit: 50, remaining: 40, resetMs: 12_000 },
    });
  });

  it.each([
    ['1s', 1000],
    ['1.5s', 1500],
    ['1h2m3s', 3_723_000],
    ['0', 0],
    [' 17 ', 17_000],
    [String(NOW / 1000 + 30), 30_000],
    [String(NOW + 250), 250],
    [String(NOW - 250), 0],
    ['', undefined],
    ['soon', undefined],
    ['-5s', undefined],
    ['9'.repeat(400), undefined],
    [`${'9'.repeat(400)}s`, undefined],
  ])('reads the reset %j as %j', (reset, resetMs) => {
    const headers = { 'x-ratelimit-limit-requests': '5', 'x-ratelimit-reset-requests': reset };
    expect(parseRateLimitHeaders(headers, NOW)?.requests?.resetMs).toBe(resetMs);
  });

  it.each(['', 'many', '-1', '1.5', '1e3', '0x10', '5, 5', '9'.repeat(30)])(
    'takes %j for absent',
    (value) => {
      const headers = {
        'x-ratelimit-limit-requests': value,
        'x-ratelimit-remaining-tokens': value,
        'x-ratelimit-reset-tokens': '1s',
      };
      expect(parseRateLimitHeaders(headers, NOW)).toBeUndefined();
    },
  );

  it('reads how long to be silent', () => {
    expect(parseRateLimitHeaders({ 'retry-after': '2' }, NOW)).toEqual({ retryAfterMs: 2000 });
    expect(parseRateLimitHeaders({ 'retry-after-ms': '7' }, NOW)).toEqual({ retryAfterMs: 7 });
    expect(parseRateLimitHeaders({}, NOW)).toBeUndefined();
  });

  it('gives whole numbers, or nothing, for any text', () => {
    const headers = fc.dictionary(
      fc.constantFrom(...Object.keys(OPENAI), 'ratelimitbysize-reset', 'retry-after'),
      fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,400}(ms|s|m|h)?$/)),
    );
    fc.assert(
      fc.property(headers, (values) => {
        const { requests, tokens } = parseRateLimitHeaders(values, NOW) ?? {};
        for (const { limit = 0, remaining = 0, resetMs = 0 } of [requests ?? {}, tokens ?? {}]) {
          expect(Number.isSafeInteger(limit) && Number.isSafeInteger(remaining)).toBe(true);
          expect(Number.isFinite(resetMs) && resetMs >= 0).toBe(true);
        }
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Headers } from './headers.ts';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);

describe('parseRetryAfter', () => {
  it.each<[Headers, number]>([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after-ms': '750' }, 750],
    [{ 'retry-after-ms': '750.5', 'retry-after': '1' }, 750.5],
    [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, 1000],
    [{ 'retry-after-ms': '-1', 'retry-after': '1' }, 1000],
    [{ 'retry-after-ms': '', 'retry-after': '1' }, 1000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Friday, 20-Nov-26 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri Nov 20 12:00:30 2026' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  ])('reads %j as %d ms', (headers, ms) => {
    expect(parseRetryAfter(headers, NOW)).toBe(ms);
  });

  it.each<[Headers]>([
    [{}],
    [{ 'retry-after': undefined }],
    [{ 'retry-after': '' }],
    [{ 'retry-after': '-1' }],
    [{ 'retry-after-ms': '-5' }],
    [{ 'retry-after': 'soon' }],
    [{ 'retry-after': 'Monday' }],
    [{ 'retry-after': 'Sunflower 7' }],
    [{ 'retry-after': '1e3' }],
    [{ 'retry-after': '0x10' }],
    [{ 'retry-after': 'Infinity' }],
    [{ 'retry-after': '9'.repeat(400) }],
    [{ 'retry-after': '5, 5' }],
    [{ 'retry-after': '2026-11-20T12:00:30Z' }],
    [{ 'Retry-After': '5' }],
  ])('takes %j as absent', (headers) => {
    expect(parseRetryAfter(headers, NOW)).toBeUndefined();
  });

  it('gives a finite number of zero or more, or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (precise, plain) => {
        const ms = parseRetryAfter({ 'retry-after-ms': precise, 'retry-after': plain }, NOW) ?? 0;
        expect(Number.isFinite(ms) && ms >= 0).toBe(true);
      }),
    );
  });
});

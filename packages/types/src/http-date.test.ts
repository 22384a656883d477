import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from './http-date.ts';

const NOW = Date.UTC(2026, 10, 20);
const EXPECTED = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('parseHttpDate', () => {
  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun, 6 Nov 1994 08:49:37 UTC',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
  ])('reads %j as UTC wherever the machine stands', (text) => {
    expect(parseHttpDate(text, NOW)).toBe(EXPECTED);
  });

  it('takes a two-digit year to be at most 50 years ahead', () => {
    expect(parseHttpDate('Friday, 20-Nov-76 00:00:00 GMT', NOW)).toBe(Date.UTC(2076, 10, 20));
    expect(parseHttpDate('Sunday, 20-Nov-77 00:00:00 GMT', NOW)).toBe(Date.UTC(1977, 10, 20));
  });

  it('reads a leap day and a leap second', () => {
    expect(parseHttpDate('Thu, 29 Feb 2024 23:59:60 GMT', NOW)).toBe(Date.UTC(2024, 2, 1));
  });

  it.each([
    '',
    'Monkey 5',
    '5',
    '-1',
    '2026-11-20T00:00:00Z',
    'Sun, 06 Nov 1994',
    'Sun, 31 Feb 2026 00:00:00 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
    'Sun, 06 Nov 1994 08:49:37 GMT tomorrow',
    'on Sun, 06 Nov 1994 08:49:37 GMT',
  ])('does not read %j', (text) => {
    expect(parseHttpDate(text, NOW)).toBeUndefined();
  });

  it('gives back every second that toUTCString writes', () => {
    const date = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(date, (second) => {
        expect(parseHttpDate(new Date(second * 1000).toUTCString(), NOW)).toBe(second * 1000);
      }),
    );
  });
});

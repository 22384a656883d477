import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTokens, splitTokens } from './tokens.ts';

describe('splitTokens', () => {
  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(splitTokens(text).join('')).toBe(text);
      }),
    );
  });

  it.each([
    ['', 0],
    ['Hello, world!', 4],
    ['extraordinary', 3],
    ['one  two\n\nthree', 3],
    ['熔断器', 3],
    ['👍🏽', 2],
    ['word ', 2],
  ])('counts %j as %i', (text, count) => {
    expect(countTokens(text)).toBe(count);
  });
});

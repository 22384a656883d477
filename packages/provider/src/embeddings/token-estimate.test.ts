import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestTokens, pessimisticTokens } from './token-estimate.ts';

describe('the estimates of tokens', () => {
  it.each([
    ['', 0, 0],
    ['abc', 2, 1],
    ['a'.repeat(16), 8, 2],
    ['日本', 4, 1],
    ['😀', 4, 1],
    [[1, 2, 3], 3, 3],
  ])('of %j are %i at most, %i at least', (input, most, least) => {
    expect(pessimisticTokens(input)).toBe(most);
    expect(fewestTokens(input)).toBe(least);
  });

  it('grow with the text, and keep their order', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(pessimisticTokens(a + b)).toBeGreaterThanOrEqual(pessimisticTokens(a));
        expect(pessimisticTokens(a)).toBeGreaterThanOrEqual(fewestTokens(a));
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHORTEST_PATTERN, type Stretch, TextMatcher, textPattern } from './text-matcher.ts';

function matcherOf(patterns: readonly string[]): TextMatcher {
  const matcher = new TextMatcher();
  for (const pattern of patterns) matcher.add(textPattern(pattern));
  return matcher;
}

/** The same by looking everywhere for everything. */
function findSlowly(text: string, patterns: readonly string[]): Stretch[] {
  const covered = new Set<number>();
  for (const pattern of patterns) {
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
      for (let index = at; index < at + pattern.length; index += 1) covered.add(index);
    }
  }
  const stretches: { start: number; end: number }[] = [];
  for (const index of [...covered].toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last?.end === index) last.end = index + 1;
    else stretches.push({ start: index, end: index + 1 });
  }
  return stretches;
}

describe('TextMatcher', () => {
  it('finds what was added, wherever it stands', () => {
    const matcher = matcherOf(['abcdefgh', 'a long pattern of words']);
    expect(matcher.find('abcdefgh')).toEqual([{ start: 0, end: 8 }]);
    expect(matcher.find('x abcdefgh, a long pattern of words')).toEqual([
      { start: 2, end: 10 },
      { start: 12, end: 35 },
    ]);
    expect(matcher.find('abcdefg')).toEqual([]);
    expect(matcher.find('')).toEqual([]);
  });

  it('takes patterns that overlap or touch as one', () => {
    const matcher = matcherOf(['aaaaaaaa', 'bbbbbbbb', 'aaaabbbb', 'inner-part', 'an inner-part.']);
    expect(matcher.find('-aaaaaaaaaabbbbbbbb-')).toEqual([{ start: 1, end: 19 }]);
    expect(matcher.find('see an inner-part. now')).toEqual([{ start: 4, end: 18 }]);
  });

  it('tells apart patterns that end alike', () => {
    const matcher = matcherOf(['first-common-end', 'second-common-end']);
    expect(matcher.find('third-common-end')).toEqual([]);
    expect(matcher.find('a second-common-end')).toEqual([{ start: 2, end: 19 }]);
  });

  it('finds what a slow search finds', () => {
    const letters = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength, maxLength });
    fc.assert(
      fc.property(
        fc.array(letters(SHORTEST_PATTERN, 12), { minLength: 1, maxLength: 8 }),
        fc.array(fc.oneof(letters(0, 30), fc.nat(7)), { maxLength: 12 }),
        (patterns, pieces) => {
          const text = pieces
            .map((piece) => (typeof piece === 'string' ? piece : (patterns[piece] ?? '')))
            .join('');
          expect(matcherOf(patterns).find(text)).toEqual(findSlowly(text, patterns));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is done soon with text that matches everywhere, and patterns that are alike', () => {
    const patterns = Array.from({ length: 200 }, (_, index) => 'a'.repeat(8 + index * 20));
    const text = 'a'.repeat(100_000);
    expect(matcherOf(patterns).find(text)).toEqual([{ start: 0, end: text.length }]);
    const other = `${'a'.repeat(7)}b`.repeat(50_000);
    expect(matcherOf(patterns).find(other)).toEqual([]);
  });
});

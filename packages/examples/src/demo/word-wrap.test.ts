import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from './text-width.ts';
import { WordWrap, wrapped } from './word-wrap.ts';

describe('wrapped', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two', 7, ['one two']],
    ['one two ', 7, ['one two ']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a\n\nb', 9, ['a', '', 'b']],
    ['', 5, ['']],
  ])('breaks %j at %i columns', (text, columns, expected) => {
    expect(wrapped(text, columns)).toEqual(expected);
  });
});

describe('WordWrap', () => {
  const text = fc
    .array(fc.constantFrom('a', 'word', 'longerword', ' ', ' ', '\n', '流れ', '.'), {
      maxLength: 80,
    })
    .map((parts) => parts.join(''));

  it('keeps all words and never exceeds the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (given, columns) => {
        const lines = wrapped(given, columns);
        for (const line of lines) expect(textWidth(line.trimEnd())).toBeLessThanOrEqual(columns);
        expect(lines.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
      }),
    );
  });

  it('breaks a text that comes in pieces as it breaks the whole', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 10 }),
        fc.integer({ min: 2, max: 30 }),
        (pieces, columns) => {
          const wrap = new WordWrap(columns);
          const lines = pieces.flatMap((piece) => wrap.push(piece));
          const whole = wrapped(pieces.join(''), columns).map((line) => line.trimEnd());
          expect(joined([...lines, wrap.current.trimEnd()])).toBe(joined(whole));
        },
      ),
    );
  });
});

/** Without the empty lines that an ending may or may not leave. */
function joined(lines: readonly string[]): string {
  return lines.join('\n').trimEnd();
}

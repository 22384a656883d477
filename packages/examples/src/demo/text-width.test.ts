import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, indexAtColumn, printable, textWidth } from './text-width.ts';

describe('textWidth', () => {
  it.each([
    ['plain', 5],
    ['', 0],
    ['naïve › …', 9],
    ['e\u0301', 1],
    ['流れ', 4],
    ['한', 2],
    ['🚀', 2],
    ['█░', 2],
  ])('measures %j', (text, expected) => {
    expect(textWidth(text)).toBe(expected);
  });
});

describe('fitted', () => {
  it('shortens only what is too long', () => {
    expect(fitted('heading', 7)).toBe('heading');
    expect(fitted('heading', 6)).toBe('headi…');
    expect(fitted('流れ流れ', 6)).toBe('流れ…');
  });

  it('never takes more columns than there are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, columns) => {
          expect(textWidth(fitted(printable(text), columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

it('indexAtColumn does not split a wide letter', () => {
  expect(indexAtColumn('流れ', 3)).toBe(1);
  expect(indexAtColumn('ab', 5)).toBe(2);
});

it('printable takes out whatever steers a terminal', () => {
  expect(printable('a\u001B[31mb\r\u0007\u009B\u202Ec\td\ne')).toBe('a[31mbc d\ne');
});

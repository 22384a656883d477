import { expect, it } from 'vitest';
import { fieldList } from './field-list.ts';
import { createPalette } from './palette.ts';

const plain = createPalette(false);

it('sets values in a column of their own, and goes on below a long one', () => {
  const fields = [
    ['Name', 'short'],
    ['Longer', 'several words that need two lines'],
    ['Empty', ''],
  ] as const;
  expect(fieldList(fields, 30, plain)).toEqual([
    '  Name    short',
    '  Longer  several words that',
    '          need two lines',
    '  Empty',
  ]);
});

it('colours names without losing the alignment', () => {
  expect(fieldList([['A', 'x']], 30, createPalette(true))).toEqual(['  \u001B[2mA\u001B[22m  x']);
});

import { describe, expect, it } from 'vitest';
import { type Column, markdownTables, textTable } from './text-table.ts';

const columns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'by', align: 'left' },
  { title: 'time', align: 'right' },
];
const sections = [
  {
    title: 'First',
    rows: [
      ['short', 'ours', '9 ns'],
      ['a longer one', 'a|b', '12.5 µs'],
    ],
  },
  { title: 'Second', rows: [['last', '', '']] },
];

describe('textTable', () => {
  it('puts columns in line across sections, and leaves no blanks at the end of a line', () => {
    expect(textTable(columns, sections)).toBe(
      [
        '              by       time',
        '',
        'First',
        'short         ours     9 ns',
        'a longer one  a|b   12.5 µs',
        '',
        'Second',
        'last',
      ].join('\n'),
    );
  });
});

describe('markdownTables', () => {
  it('makes a table of each section, and escapes what would end a cell', () => {
    expect(markdownTables(columns, sections)).toBe(
      [
        '| First | by | time |',
        '| --- | --- | ---: |',
        '| short | ours | 9 ns |',
        String.raw`| a longer one | a\|b | 12.5 µs |`,
        '',
        '| Second | by | time |',
        '| --- | --- | ---: |',
        '| last |  |  |',
      ].join('\n'),
    );
  });
});

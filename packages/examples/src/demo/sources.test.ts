import { describe, expect, it } from 'vitest';
import type { RankedPassage } from './embedding-index.ts';
import { createPalette } from './palette.ts';
import { checkQuotes } from './quotes.ts';
import { sourceLines } from './sources.ts';

const passages: RankedPassage[] = [
  ['packages/a/README.md', 4, 'A › Retries', 'Retries are counted.'],
  ['b.md', 120, 'A heading that goes on and on and on', 'A budget limits them.'],
  ['c.md', 1, '', 'Nothing else.'],
].map(([file, line, heading, text]) => ({
  passage: {
    file: String(file),
    line: Number(line),
    heading: String(heading),
    text: String(text),
    prose: String(text),
  },
  similarity: 0.5,
}));

function linesFor(answer: string, columns = 60): string {
  const check = checkQuotes(
    answer,
    passages.map(({ passage }) => passage),
  );
  return sourceLines({ passages, check }, columns, createPalette(false)).join('\n');
}

describe('sourceLines', () => {
  it('lists what is cited, once and in order', () => {
    const answer = '"A budget limits them." [2] "Retries are counted." [1] "A budget" [2]';
    expect(linesFor(answer)).toBe(`
  Sources
  ✓ [1]  packages/a/README.md:4  A › Retries
  ✓ [2]  b.md:120                A heading that goes on and…

  ✓ All 3 quotes stand word for word in the passages they cite; 3 passages given.`);
  });

  it('speaks of one quote', () => {
    expect(linesFor('"Nothing else." [3]')).toContain(
      '✓ [3]  c.md:1\n\n  ✓ The quote stands word for word in the passage it cites',
    );
  });

  it('shows a quote that is not in its passage', () => {
    expect(linesFor('"Made up." [1] "Retries are counted." [1]')).toBe(`
  Sources
  ✗ [1]  packages/a/README.md:4  A › Retries

  ✗ Not in [1]: "Made up."
    1 of 2 quotes stands word for word in the passage it cites; 3 passages given.`);
  });

  it('shows a quote of a passage that was not given', () => {
    expect(linesFor('"Made up." [7]')).toContain('✗ Not in [7]: "Made up."');
  });

  it('lists a passage that is cited without a quote', () => {
    expect(linesFor('There is a budget [2].')).toBe(`
  Sources
  · [2]  b.md:120  A heading that goes on and on and on

  · Nothing is quoted; 3 passages given.`);
  });

  it('says so when nothing is cited', () => {
    expect(linesFor('The passages say nothing.')).toBe(`
  Sources
  · Nothing is quoted; 3 passages given.`);
  });

  it('leaves headings out where there is no room', () => {
    expect(linesFor('"Retries are counted." [1]', 36)).toContain('packages/a/README.md:4\n');
  });
});

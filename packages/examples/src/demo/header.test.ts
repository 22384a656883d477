import { expect, it } from 'vitest';
import { type DemoOptions, parseCommand } from './arguments.ts';
import { headerLines } from './header.ts';
import { createPalette } from './palette.ts';

function linesFor(args: readonly string[], skipped = 0): string {
  const command = parseCommand(args);
  const options = (command as { readonly options: DemoOptions }).options;
  const opening = { options, where: 'simulator on 127.0.0.1:1', files: 1, skipped, passages: 1234 };
  return headerLines(opening, 80, createPalette(false)).join('\n');
}

it('says what runs where and on what', () => {
  expect(linesFor(['--question', 'Why?'])).toBe(`
  Ask the documentation
  Finds the passages nearest to a question and quotes an answer from them.

  Provider  simulator on 127.0.0.1:1
  Models    gpt-5-mini answers, text-embedding-3-small embeds
  Text      Markdown of this repository: 1 file, 1,234 passages
  Question  Why?
`);
});

it('says that faults are on purpose', () => {
  expect(linesFor(['--faults'])).toContain('\n  Faults    on purpose, to show');
});

it('names the folder, and tells of files that were left out', () => {
  expect(linesFor(['--dir', 'notes'], 2)).toContain(
    'Text      notes: 1 file, 2 unreadable ones left out, 1,234 passages',
  );
});

it('shows no control character of an argument', () => {
  const shown = linesFor(['--question', 'a\u001B[2J\r\nb', '--dir', '\u0007x']);
  expect(shown).toContain('Question  a[2J b');
  expect(shown).toContain('Text      x:');
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { withFigures, wrongFigures } from './readme-figures.test.support.ts';

const repository = join(import.meta.dirname, '../../..');

describe('the figures of the README', () => {
  it('are those of the last measurement', () => {
    const path = join(repository, 'README.md');
    const report = readFileSync(join(repository, 'packages/benchmarks/README.md'), 'utf8');
    if (env['UPDATE_README'] !== undefined) {
      writeFileSync(path, withFigures(readFileSync(path, 'utf8'), report));
    }
    const wrong = wrongFigures(readFileSync(path, 'utf8'), report);
    expect(wrong, 'To take them over: UPDATE_README=1, then oxfmt README.md').toEqual([]);
  });
});

describe('the check of the figures', () => {
  const report = [
    '| Retry | by     |   CPU | × floor, CPU |   min – max |',
    '| ----- | ------ | ----: | -----------: | ----------: |',
    '| retry | ours   | 78 ns |         2.65 | 2.63 – 2.68 |',
    '| retry | theirs | 99 ns |            3 |       3 – 3 |',
    '',
    '| option | what |',
    '| ------ | ---- |',
  ].join('\n');

  function readmeWith(row: string): string {
    return `## What it costs\n\n| what | by | × floor, CPU |\n| - | - | -: |\n${row}\n\n## Next\n`;
  }

  it.for<[string, string, number]>([
    ['finds a figure that was measured', '| retry | ours | 2.65 |', 0],
    ['notices a figure of somebody else', '| retry | ours | 3 |', 1],
    ['notices a figure that is out of date', '| retry | ours | 2.5 |', 1],
    ['notices a figure of another column', '| retry | theirs | 99 |', 1],
    ['notices a case that is gone', '| hedge | ours | 2.65 |', 1],
    ['notices a table that is gone', '', 1],
  ])('%s', ([, row, problems]) => {
    expect(wrongFigures(readmeWith(row), report)).toHaveLength(problems);
  });

  it('takes over what was measured anew, and nothing else', () => {
    const readme = readmeWith('| retry | ours | 2.5 |\n| hedge | ours | 7 |');
    expect(withFigures(readme, report)).toBe(readme.replace('2.5', '2.65'));
  });
});

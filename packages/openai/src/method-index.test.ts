import { readFileSync, writeFileSync } from 'node:fs';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ListedMethod, readMethods } from './method-index.test.support.ts';

const METHODS = readMethods(
  fileURLToPath(new URL('.', import.meta.url)),
  'client.ts',
  'OpenAIClient',
);

const PATH = new URL('../README.md', import.meta.url);
const SECTION = /(?<=## Methods\n)[^]*?(?=\n## )/;

/** The rows of the README's table, without what formatting adds. */
function indexedMethods(): string[] {
  const [section = ''] = SECTION.exec(readFileSync(PATH, 'utf8')) ?? [];
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `client.'))
    .map((line) => line.replaceAll(/\s*\|\s*/g, '|'));
}

/** `oxfmt` aligns the columns afterwards. */
function writeIndex(rows: readonly string[]): void {
  const table = ['|method|request|', '|-|-|', ...rows].join('\n');
  const readme = readFileSync(PATH, 'utf8');
  writeFileSync(
    PATH,
    readme.replace(SECTION, () => `\n${table}\n`),
  );
}

function row({ name, request, documented }: ListedMethod): string {
  const made = request ?? documented;
  return `|\`${name}\`|${made === undefined ? '' : `\`${made}\``}|`;
}

describe('the methods of the client', () => {
  it('make the requests that their documentation says', () => {
    const wrong = METHODS.filter(
      ({ request, documented }) =>
        request !== undefined && documented !== undefined && request !== documented,
    );
    expect(wrong).toEqual([]);
  });

  it('say which request they make, where they make one', () => {
    const silent = METHODS.filter(
      ({ request, documented }) => request !== undefined && documented === undefined,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('stand in the README, each with its request, and no other does', () => {
    const rows = METHODS.map(row);
    if (env['UPDATE_README'] !== undefined) writeIndex(rows);
    expect(indexedMethods(), 'To write the table: UPDATE_README=1').toEqual(rows);
  });
});

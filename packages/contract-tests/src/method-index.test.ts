import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { type ListedMethod, readMethods } from './method-index.test.support.ts';

const SECTION = /(?<=## Methods\n)[^]*?(?=\n## )/;

/** The clients whose methods their READMEs list. */
const CLIENTS = [
  { provider: 'openai', client: 'OpenAIClient', least: 140 },
  { provider: 'mistral', client: 'MistralClient', least: 90 },
];

/** The rows of a README's table, without what formatting adds. */
function indexedMethods(readme: string): string[] {
  const [section = ''] = SECTION.exec(readFileSync(readme, 'utf8')) ?? [];
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `client.'))
    .map((line) => line.replaceAll(/\s*\|\s*/g, '|'));
}

/** `oxfmt` aligns the columns afterwards. */
function writeIndex(readme: string, rows: readonly string[]): void {
  const table = ['|method|request|', '|-|-|', ...rows].join('\n');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    text.replace(SECTION, () => `\n${table}\n`),
  );
}

function row({ name, request, documented }: ListedMethod): string {
  const made = request ?? documented;
  return `|\`${name}\`|${made === undefined ? '' : `\`${made}\``}|`;
}

describe.each(CLIENTS)('the methods of the client of $provider', ({ provider, client, least }) => {
  const folder = join(import.meta.dirname, '../..', provider);
  const methods = readMethods(join(folder, 'src'), 'client.ts', client);

  it('are found', () => {
    expect(methods.length).toBeGreaterThan(least);
  });

  it('make the requests that their documentation says', () => {
    const wrong = methods.filter(
      ({ request, documented }) =>
        request !== undefined && documented !== undefined && request !== documented,
    );
    expect(wrong).toEqual([]);
  });

  it('say which request they make, where they make one', () => {
    const silent = methods.filter(
      ({ request, documented }) => request !== undefined && documented === undefined,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('stand in the README, each with its request, and no other does', () => {
    const readme = join(folder, 'README.md');
    const rows = methods.map(row);
    if (env['UPDATE_README'] !== undefined) writeIndex(readme, rows);
    expect(indexedMethods(readme), 'To write the table: UPDATE_README=1').toEqual(rows);
  });
});

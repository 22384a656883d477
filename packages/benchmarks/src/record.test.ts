import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { familyOf, markersOf, PACKAGE_FOLDER, record, withFigures } from './record.ts';
import type { Result } from './report.ts';
import { casesOf, type Suite } from './suite.ts';
import { suites } from './suites.ts';

const prepare = async () => ({ call: async () => 1 });
const suiteNamed = (name: string, chart: boolean): Suite => ({
  name,
  chart,
  floor: { name: 'the least', prepare },
  groups: [
    { title: 'Group', cases: [1, 2].map((at) => ({ name: `case ${at}`, by: 'ours', prepare })) },
  ],
});
const all = [
  suiteNamed('family/one', true),
  suiteNamed('family/two', false),
  suiteNamed('b', false),
];

const figures = { cpu: 2, wall: 2 };
const results: Result[] = casesOf(all).map((placed) => ({
  placed,
  measurements: [{ subject: figures, floor: figures, ratio: figures, added: figures }],
}));

const README = 'before\n\n<!-- figures of family -->\n\nold\n\n<!-- end of family -->\n\nafter\n';
const B = '<!-- figures of b -->\n<!-- end of b -->\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function recordInto(readme: string, found: readonly Result[]): readonly string[] {
  writeFileSync(join(folder, 'README.md'), readme);
  return record(all, { head: ['the machine'], results: found, versions: new Map() }, folder);
}

const recorded = (): string => readFileSync(join(folder, 'README.md'), 'utf8');

describe('record', () => {
  it('puts tables and charts in the place of the old ones, and again the same', () => {
    expect(recordInto(README + B, results)).toEqual(['family', 'b']);
    const once = recorded();
    expect(once).toMatch(/^before\n[^]*the machine\.[^]*\n\nafter\n/);
    expect(once).not.toContain('old');
    expect(once).toContain('](charts/family-one.svg)');
    expect(once.match(/\| case 1 \|/g)).toHaveLength(3);
    expect(readFileSync(join(folder, 'charts/family-one.svg'), 'utf8')).toMatch(/^<svg /);
    expect(existsSync(join(folder, 'charts/family-two.svg'))).toBe(false);
    recordInto(once, results);
    expect(recorded()).toBe(once);
  });

  it('leaves a family alone of which a case is missing', () => {
    expect(recordInto(README + B, results.slice(1))).toEqual(['b']);
    expect(recorded()).toContain('old');
  });

  it('says what to add to a README without a place', () => {
    expect(() => withFigures('nothing', 'b', '')).toThrow(
      'README.md has no place for the figures of b: add <!-- figures of b --> and <!-- end of b -->.',
    );
  });
});

/** The tables of a text, each with its rows of cells. */
function tablesOf(text: string): string[][][] {
  const blocks = text.split(/\n\n+/).filter((block) => block.trimStart().startsWith('|'));
  return blocks.map((block) =>
    block
      .trim()
      .split('\n')
      .map((row) =>
        row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
}

describe("this package's README", () => {
  const readme = readFileSync(join(PACKAGE_FOLDER, 'README.md'), 'utf8');
  const families = [...new Set(suites.map(familyOf))];

  it.each(families)('has whole tables of %s', (family) => {
    const { begin, end } = markersOf(family);
    expect(readme.split(begin), `add ${begin}`).toHaveLength(2);
    expect(readme.split(end), `add ${end}`).toHaveLength(2);
    const text = readme.slice(readme.indexOf(begin) + begin.length, readme.indexOf(end));
    const names = casesOf(suites.filter((suite) => familyOf(suite) === family)).map(
      ({ benchmark }) => benchmark.name.replaceAll('|', String.raw`\|`),
    );
    const tables = tablesOf(text);
    expect(tables.length).toBeGreaterThan(0);
    const told: (string | undefined)[] = [];
    for (const [head = [], rule = [], ...rows] of tables) {
      expect(rule.every((cell) => /^:?-+:?$/.test(cell))).toBe(true);
      for (const row of [rule, ...rows]) expect(row).toHaveLength(head.length);
      told.push(...rows.map(([name]) => name));
      for (const row of rows) expect(row.at(-1)).toMatch(/^$|(?:met|missed)$/);
    }
    const stale = told.filter((name) => name === undefined || !names.includes(name));
    expect(stale, 'Measure again: bench --record').toEqual([]);
    for (const [, path = ''] of text.matchAll(/\]\((charts\/[^)]+)\)/g)) {
      expect(readFileSync(join(PACKAGE_FOLDER, path), 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/);
    }
  });
});

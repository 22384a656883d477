import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { barChart } from './chart.ts';
import { groupedBy, markdownReport, type Result } from './report.ts';
import { casesOf, type Suite } from './suite.ts';

/** Where the figures are kept: this package. */
export const PACKAGE_FOLDER: string = fileURLToPath(new URL('..', import.meta.url));

/** Suites with one first part of their names are told in one place. */
export function familyOf({ name }: Suite): string {
  return name.split('/', 1)[0] ?? name;
}

/** What stands around the figures of a family in a README. */
export function markersOf(family: string): { readonly begin: string; readonly end: string } {
  return { begin: `<!-- figures of ${family} -->`, end: `<!-- end of ${family} -->` };
}

/** @throws Error that names the markers when the text lacks them. */
export function withFigures(readme: string, family: string, figures: string): string {
  const { begin, end } = markersOf(family);
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(
      `README.md has no place for the figures of ${family}: add ${begin} and ${end}.`,
    );
  }
  return `${readme.slice(0, from + begin.length)}\n\n${figures.trim()}\n\n${readme.slice(to)}`;
}

function chartPath({ name }: Suite): string {
  return `charts/${name.replaceAll(/[^a-z0-9]+/g, '-')}.svg`;
}

/** Families of which every case was measured: half a table must not replace a whole one. */
function wholeFamilies(all: readonly Suite[], results: readonly Result[]): string[] {
  const measured = new Set(results.map(({ placed }) => placed.id));
  const families = new Set(all.map(familyOf));
  return [...families].filter((family) =>
    casesOf(all.filter((suite) => familyOf(suite) === family)).every(({ id }) => measured.has(id)),
  );
}

/** The figures of a run, for those who read them. */
export interface Recording {
  readonly head: readonly string[];
  readonly results: readonly Result[];
  readonly versions: ReadonlyMap<string, string>;
}

function writeCharts(folder: string, results: readonly Result[], foot: string): string {
  const charted = [...groupedBy(results, ({ placed }) => placed.suite)].filter(
    ([suite]) => suite.chart,
  );
  mkdirSync(join(folder, 'charts'), { recursive: true });
  const images = charted.map(([suite, own]) => {
    const path = chartPath(suite);
    writeFileSync(join(folder, path), barChart(suite, own, foot));
    return `![Bars of ${suite.name}, from the least to the most](${path})\n\n`;
  });
  return images.join('');
}

/**
 * Puts the tables of whole families into the README of a folder, and their charts beside it.
 *
 * @returns the families that were recorded
 * @throws Error that names the markers when the README lacks them.
 */
export function record(
  all: readonly Suite[],
  { head, results, versions }: Recording,
  folder: string = PACKAGE_FOLDER,
): readonly string[] {
  const path = join(folder, 'README.md');
  let readme = readFileSync(path, 'utf8');
  const families = wholeFamilies(all, results);
  for (const family of families) {
    const own = results.filter(({ placed }) => familyOf(placed.suite) === family);
    const images = writeCharts(folder, own, head.join('; '));
    readme = withFigures(readme, family, `${images}${markdownReport(head, own, versions)}`);
  }
  writeFileSync(path, readme);
  return families;
}

import { formatTime, formatValue } from './format.ts';
import type { Measurement } from './measure.ts';
import { summarize } from './statistics.ts';
import type { PlacedCase, Suite } from './suite.ts';
import { comparedMeasures, comparisonOf, formOf, measuresOf, valueOf, verdict } from './telling.ts';
import { type Column, markdownTables, type Section, textTable } from './text-table.ts';

/** A case, and what each of its processes found. */
export interface Result {
  readonly placed: PlacedCase;
  readonly measurements: readonly Measurement[];
}

/** A case that could not be measured, and why. */
export interface Failure {
  readonly placed: PlacedCase;
  readonly message: string;
}

const RANGE: Column = { title: 'min – max', align: 'right' };

function columnsOf(suite: Suite): readonly Column[] {
  const form = formOf(suite);
  const right = (title: string): Column => ({ title, align: 'right' });
  const values = measuresOf(suite).map(({ title }) => right(title));
  const compared = comparedMeasures(suite).map(({ title }) => right(`${form.title}${title}`));
  const [first, ...others] = compared;
  // A value that is compared by itself stands there already.
  const beside = suite.comparison === 'value' || first === undefined ? [] : [first];
  return [
    { title: '', align: 'left' },
    { title: 'by', align: 'left' },
    ...values,
    ...beside,
    RANGE,
    ...others,
    { title: 'target', align: 'left' },
  ];
}

function cellsOf({ placed, measurements }: Result, versions: ReadonlyMap<string, string>) {
  const { suite, benchmark } = placed;
  const { name, by } = benchmark;
  const form = formOf(suite);
  const subjects = measurements.map(({ subject }) => subject);
  const values = measuresOf(suite).map((measure) => {
    const value = valueOf(measure, subjects);
    return value === undefined ? '' : formatValue(measure, value);
  });
  const compared = comparedMeasures(suite).flatMap((measure, index) => {
    const summary = comparisonOf(suite, measure, measurements);
    const format = (value: number): string => form.format(measure, value);
    const middle = summary === undefined ? '' : format(summary.median);
    if (index > 0) return [middle];
    const range = summary === undefined ? '' : `${format(summary.min)} – ${format(summary.max)}`;
    return suite.comparison === 'value' ? [range] : [middle, range];
  });
  const version = versions.get(by);
  return [
    name,
    version === undefined ? by : `${by} ${version}`,
    ...values,
    ...compared,
    verdict(suite, benchmark, measurements),
  ];
}

/** In the order in which the keys first come. */
export function groupedBy<Key>(
  results: readonly Result[],
  keyOf: (result: Result) => Key,
): ReadonlyMap<Key, readonly Result[]> {
  const groups = new Map<Key, Result[]>();
  for (const result of results) {
    const key = keyOf(result);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  return groups;
}

function sectionsOf(
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): readonly Section[] {
  const byGroup = groupedBy(results, ({ placed }) => placed.group);
  return [...byGroup].map(([{ title }, own]) => ({
    title,
    rows: own.map((result) => cellsOf(result, versions)),
  }));
}

/** What the floor itself took, over all processes of the suite. */
function floorLine(suite: Suite, results: readonly Result[]): string {
  const floors = results.flatMap(({ measurements }) => measurements.map(({ floor }) => floor));
  const told = measuresOf(suite).flatMap((measure) => {
    const value = valueOf(measure, floors);
    return value === undefined ? [] : `${measure.title} ${formatValue(measure, value)}`;
  });
  return `Floor: ${suite.floor.name}, ${told.join(', ')}${cpuRange(floors.flatMap(({ cpu }) => cpu ?? []))}`;
}

/** The machine's pace differs, and the floor tells by how much. */
function cpuRange(values: readonly number[]): string {
  if (values.length === 0) return '';
  const { min, max } = summarize(values);
  return `, CPU from ${formatTime(min)} to ${formatTime(max)}`;
}

/** All cases of a suite are compared alike. */
function reportOf(
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
  write: (columns: readonly Column[], sections: readonly Section[]) => string,
): { readonly floor: string; readonly tables: string }[] {
  return [...groupedBy(results, ({ placed }) => placed.suite)].map(([suite, own]) => ({
    floor: floorLine(suite, own),
    tables: write(columnsOf(suite), sectionsOf(own, versions)),
  }));
}

/** The results as aligned columns. */
export function textReport(
  head: readonly string[],
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): string {
  const suites = reportOf(results, versions, textTable);
  const parts = suites.map(({ floor, tables }) => `${floor}\n\n${tables}`);
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`;
}

/** The results as Markdown tables. */
export function markdownReport(
  head: readonly string[],
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): string {
  const suites = reportOf(results, versions, markdownTables);
  const parts = suites.map(({ floor, tables }) => `${floor}.\n\n${tables}`);
  return `${[head.map((line) => `${line}.`).join('\n\n'), ...parts].join('\n\n')}\n`;
}

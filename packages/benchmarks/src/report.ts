import type { Measurement } from './measure.ts';
import { median, type Summary, summarize } from './statistics.ts';
import type { Comparison, PlacedCase } from './suite.ts';
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

/** How a case is set beside its floor. */
interface ComparisonForm {
  /** Goes before `CPU` and `wall`. */
  readonly title: string;
  readonly cpu: (measurement: Measurement) => number;
  readonly wall: (measurement: Measurement) => number;
  readonly format: (value: number) => string;
  readonly formatTarget: (target: number) => string;
}

const FORMS: Readonly<Record<Comparison, ComparisonForm>> = {
  ratio: {
    title: '× floor',
    cpu: ({ ratio }) => ratio.cpu,
    wall: ({ ratio }) => ratio.wall,
    format: formatRatio,
    formatTarget: String,
  },
  difference: {
    title: 'added',
    cpu: ({ added }) => added.cpuNs,
    wall: ({ added }) => added.wallNs,
    format: formatTime,
    formatTarget: formatTime,
  },
};

function formOf({ placed }: Result): ComparisonForm {
  return FORMS[placed.suite.comparison ?? 'ratio'];
}

function columnsOf({ title }: ComparisonForm): readonly Column[] {
  return [
    { title: '', align: 'left' },
    { title: 'by', align: 'left' },
    { title: 'CPU', align: 'right' },
    { title: 'wall', align: 'right' },
    { title: `${title}, CPU`, align: 'right' },
    { title: 'min – max', align: 'right' },
    { title: `${title}, wall`, align: 'right' },
    { title: 'target', align: 'left' },
  ];
}

/** Nanoseconds, in the unit that fits, with three figures. */
export function formatTime(ns: number): string {
  if (ns < 0) return `-${formatTime(-ns)}`;
  if (ns < 999.5) return `${ns < 99.95 ? ns.toFixed(1) : ns.toFixed(0)} ns`;
  if (ns < 999_500) return `${Number((ns / 1e3).toPrecision(3))} µs`;
  return `${Number((ns / 1e6).toPrecision(3))} ms`;
}

export function formatRatio(ratio: number): string {
  if (ratio >= 99.95) return Math.round(ratio).toLocaleString('en-US');
  return ratio >= 9.995 ? ratio.toFixed(1) : ratio.toFixed(2);
}

function verdict(target: number | undefined, compared: Summary, form: ComparisonForm): string {
  if (target === undefined) return '';
  return `≤ ${form.formatTarget(target)} ${compared.median <= target ? 'met' : 'missed'}`;
}

function cellsOf(result: Result, versions: ReadonlyMap<string, string>) {
  const { placed, measurements } = result;
  const { name, by, target } = placed.benchmark;
  const form = formOf(result);
  const compared = summarize(measurements.map(form.cpu));
  const version = versions.get(by);
  return [
    name,
    version === undefined ? by : `${by} ${version}`,
    formatTime(median(measurements.map((one) => one.subject.cpuNs))),
    formatTime(median(measurements.map((one) => one.subject.wallNs))),
    form.format(compared.median),
    `${form.format(compared.min)} – ${form.format(compared.max)}`,
    form.format(median(measurements.map(form.wall))),
    verdict(target, compared, form),
  ];
}

/** In the order in which the keys first come. */
function groupedBy<Key>(results: readonly Result[], keyOf: (result: Result) => Key) {
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
function floorLine(results: readonly Result[]): string {
  const measurements = results.flatMap((result) => result.measurements);
  const name = results[0]?.placed.suite.floor.name ?? '';
  const cpu = summarize(measurements.map((one) => one.floor.cpuNs));
  const wall = median(measurements.map((one) => one.floor.wallNs));
  return `Floor: ${name}, ${formatTime(cpu.median)} of CPU (${formatTime(cpu.min)} – ${formatTime(cpu.max)}), ${formatTime(wall)} by the clock`;
}

function bySuite(results: readonly Result[]): readonly Result[][] {
  return [...groupedBy(results, ({ placed }) => placed.suite).values()];
}

/** All cases of a suite are compared alike. */
function tableOf(
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
  write: (columns: readonly Column[], sections: readonly Section[]) => string,
): string {
  const [first] = results;
  return first === undefined ? '' : write(columnsOf(formOf(first)), sectionsOf(results, versions));
}

/** The results as aligned columns. */
export function textReport(
  head: readonly string[],
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): string {
  const parts = bySuite(results).map(
    (own) => `${floorLine(own)}\n\n${tableOf(own, versions, textTable)}`,
  );
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`;
}

/** The results as Markdown tables. */
export function markdownReport(
  head: readonly string[],
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): string {
  const parts = bySuite(results).map(
    (own) => `${floorLine(own)}.\n\n${tableOf(own, versions, markdownTables)}`,
  );
  return `${[head.map((line) => `${line}.`).join('\n\n'), ...parts].join('\n\n')}\n`;
}

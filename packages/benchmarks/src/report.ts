import type { Measurement } from './measure.ts';
import { median, type Summary, summarize } from './statistics.ts';
import type { PlacedCase } from './suite.ts';
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

const columns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'by', align: 'left' },
  { title: 'CPU', align: 'right' },
  { title: 'wall', align: 'right' },
  { title: '× floor, CPU', align: 'right' },
  { title: 'min – max', align: 'right' },
  { title: '× floor, wall', align: 'right' },
  { title: 'target', align: 'left' },
];

/** Nanoseconds, in the unit that fits, with three figures. */
export function formatTime(ns: number): string {
  if (ns < 999.5) return `${ns < 99.95 ? ns.toFixed(1) : ns.toFixed(0)} ns`;
  if (ns < 999_500) return `${Number((ns / 1e3).toPrecision(3))} µs`;
  return `${Number((ns / 1e6).toPrecision(3))} ms`;
}

export function formatRatio(ratio: number): string {
  if (ratio >= 99.95) return Math.round(ratio).toLocaleString('en-US');
  return ratio >= 9.995 ? ratio.toFixed(1) : ratio.toFixed(2);
}

function verdict(target: number | undefined, ratio: Summary): string {
  if (target === undefined) return '';
  return ratio.median <= target ? `≤ ${target} met` : `≤ ${target} missed`;
}

function cellsOf({ placed, measurements }: Result, versions: ReadonlyMap<string, string>) {
  const { name, by, target } = placed.benchmark;
  const ratio = summarize(measurements.map((one) => one.ratio.cpu));
  const version = versions.get(by);
  return [
    name,
    version === undefined ? by : `${by} ${version}`,
    formatTime(median(measurements.map((one) => one.subject.cpuNs))),
    formatTime(median(measurements.map((one) => one.subject.wallNs))),
    formatRatio(ratio.median),
    `${formatRatio(ratio.min)} – ${formatRatio(ratio.max)}`,
    formatRatio(median(measurements.map((one) => one.ratio.wall))),
    verdict(target, ratio),
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

/** The results as aligned columns. */
export function textReport(
  head: readonly string[],
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
): string {
  const parts = bySuite(results).map(
    (own) => `${floorLine(own)}\n\n${textTable(columns, sectionsOf(own, versions))}`,
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
    (own) => `${floorLine(own)}.\n\n${markdownTables(columns, sectionsOf(own, versions))}`,
  );
  return `${[head.map((line) => `${line}.`).join('\n\n'), ...parts].join('\n\n')}\n`;
}

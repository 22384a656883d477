import type { Measure } from './suite.ts';

/** Three figures of a number, without zeros behind it. */
function threeFigures(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}

/** Nanoseconds, in the unit that fits, with three figures. */
export function formatTime(ns: number): string {
  if (ns < 0) return `-${formatTime(-ns)}`;
  if (ns < 999.5) return `${ns < 99.95 ? ns.toFixed(1) : ns.toFixed(0)} ns`;
  if (ns < 999_500) return `${threeFigures(ns / 1e3)} µs`;
  return `${threeFigures(ns / 1e6)} ms`;
}

/** Bytes, in the unit that fits: 1 KB is 1,024 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return `-${formatBytes(-bytes)}`;
  if (bytes < 1023.5) return `${threeFigures(bytes)} B`;
  if (bytes < 1023.5 * 1024) return `${threeFigures(bytes / 1024)} KB`;
  return `${threeFigures(bytes / 1024 ** 2)} MB`;
}

/** A multiple. */
export function formatRatio(ratio: number): string {
  if (ratio >= 99.95) return Math.round(ratio).toLocaleString('en-US');
  return ratio >= 9.995 ? ratio.toFixed(1) : ratio.toFixed(2);
}

const FORMATS: Readonly<Record<Measure['unit'], (value: number) => string>> = {
  time: formatTime,
  rate: threeFigures,
  bytes: formatBytes,
  count: threeFigures,
};

/** A value of the measure, in its unit. */
export function formatValue({ unit }: Measure, value: number): string {
  return FORMATS[unit](value);
}

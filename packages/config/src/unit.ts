/** The unit of a variable or a field of a file that holds a plain number of time. */
export type TimeUnit = 'ms' | 's' | 'm' | 'h';

/** How many milliseconds a unit has. */
export const MILLISECONDS: Readonly<Record<TimeUnit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/;

/**
 * A plain number in its unit as milliseconds. A text that names its unit (`90s`), or
 * is no number at all, stays: the schema says what is wrong with it.
 */
export function inMilliseconds(value: unknown, unit: TimeUnit | undefined): unknown {
  if (unit === undefined) return value;
  if (typeof value === 'number') return value * MILLISECONDS[unit];
  if (typeof value !== 'string' || !PLAIN_NUMBER.test(value.trim())) return value;
  return Number(value) * MILLISECONDS[unit];
}

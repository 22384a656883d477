import { type Duration, parseDuration } from '@integrations/types';
import type { IntegrationErrorOptions } from './integration-error.ts';
import { ConfigurationError } from './local-errors.ts';

/** The bounds of an option; those of a duration are milliseconds. */
export interface OptionBounds {
  /** The lowest value that is allowed. @default none */
  readonly least?: number;
  /** A value that is itself too low. @default none */
  readonly above?: number;
  /** The highest value that is allowed. @default none */
  readonly most?: number;
}

const NO_BOUNDS: OptionBounds = {};
const NOT_NEGATIVE: OptionBounds = { least: 0 };

/** Enough of a text to recognise it by. */
const LONGEST_QUOTE = 40;

/** A value for a message: short, texts quoted, and nothing of what an object holds. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    const isLong = value.length > LONGEST_QUOTE;
    return JSON.stringify(isLong ? `${value.slice(0, LONGEST_QUOTE)}...` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return String(value);
  return `a value of type ${typeof value}`;
}

/** The error for an option that cannot be right; `rule` follows on "must be". */
export function wrongOption(
  option: string,
  rule: string,
  value: unknown,
  options?: IntegrationErrorOptions,
): ConfigurationError {
  return new ConfigurationError(
    `\`${option}\` must be ${rule}, not ${describeValue(value)}.`,
    options,
  );
}

function isWithin(value: number, { least, above, most }: OptionBounds): boolean {
  if (least !== undefined && value < least) return false;
  if (above !== undefined && value <= above) return false;
  return most === undefined || value <= most;
}

/** The bounds in words that follow on a noun. */
function boundsRule({ least, above, most }: OptionBounds, unit = ''): string {
  const highest = `${most}${unit}`;
  if (above !== undefined) {
    return ` above ${above}${unit}${most === undefined ? '' : ` and up to ${highest}`}`;
  }
  if (least === undefined) return most === undefined ? '' : ` up to ${highest}`;
  return most === undefined ? ` of ${least}${unit} or more` : ` from ${least}${unit} to ${highest}`;
}

/** Whole, and small enough for sums to stay exact. */
function isWhole(value: number, bounds: OptionBounds): boolean {
  return Number.isSafeInteger(value) && isWithin(value, bounds);
}

function wholeRule(value: number, bounds: OptionBounds): string {
  const isTooLarge = Number.isFinite(value) && value > Number.MAX_SAFE_INTEGER;
  const stated = isTooLarge ? { most: Number.MAX_SAFE_INTEGER, ...bounds } : bounds;
  return `a whole number${boundsRule(stated)}`;
}

/** @throws ConfigurationError unless the value is a whole number within the bounds. */
export function wholeOption(option: string, value: number, bounds: OptionBounds): number {
  if (isWhole(value, bounds)) return value;
  throw wrongOption(option, wholeRule(value, bounds), value);
}

/** @throws ConfigurationError unless the value is a whole number within the bounds, or `Infinity`. */
export function countOption(option: string, value: number, bounds: OptionBounds): number {
  if (value === Number.POSITIVE_INFINITY || isWhole(value, bounds)) return value;
  throw wrongOption(option, `${wholeRule(value, bounds)}, or Infinity`, value);
}

/** @throws ConfigurationError unless the value is a finite number within the bounds. */
export function finiteOption(
  option: string,
  value: number,
  bounds: OptionBounds = NO_BOUNDS,
): number {
  if (Number.isFinite(value) && isWithin(value, bounds)) return value;
  throw wrongOption(option, `a finite number${boundsRule(bounds)}`, value);
}

/** @throws ConfigurationError unless the value is a number above 0; `Infinity` is one. */
export function positiveOption(option: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw wrongOption(option, 'a number above 0', value);
}

function durationRule(bounds: OptionBounds): string {
  return `a duration${boundsRule(bounds, ' ms')} (a number of milliseconds, or a text such as '30s' or '5m')`;
}

/**
 * The milliseconds of a duration.
 *
 * @throws ConfigurationError unless the value is a finite duration of 0 or more, and
 *   within the bounds.
 */
export function durationOption(
  option: string,
  value: Duration,
  bounds: OptionBounds = NOT_NEGATIVE,
): number {
  const ms = readDuration(option, value, bounds);
  if (isWithin(ms, bounds)) return ms;
  throw wrongOption(option, durationRule(bounds), value);
}

function readDuration(option: string, value: Duration, bounds: OptionBounds): number {
  try {
    return parseDuration(value);
  } catch (cause) {
    throw wrongOption(option, durationRule(bounds), value, { cause });
  }
}

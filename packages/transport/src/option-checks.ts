import { ConfigurationError } from '@integrations/errors';
import { type Duration, parseDuration } from '@integrations/types';

/** Timers take a signed 32-bit delay; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * An option that counts something.
 *
 * @throws ConfigurationError when it is not a whole number of at least `least`, nor `Infinity`.
 */
export function countOption(name: string, value: number, least: number): number {
  if (value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value >= least)) {
    return value;
  }
  throw new ConfigurationError(
    `The option ${name} must be a whole number of ${least} or more, or Infinity, not ${String(value)}.`,
  );
}

/**
 * An option that is a length of time, in whole milliseconds.
 *
 * @throws ConfigurationError when it is no duration, or shorter than `leastMs`.
 */
export function durationOption(name: string, value: Duration, leastMs: number): number {
  const ms = readDuration(name, value);
  if (ms < leastMs) {
    throw new ConfigurationError(
      `The option ${name} must be ${leastMs} milliseconds or more, not ${JSON.stringify(value)}.`,
    );
  }
  return Math.min(Math.ceil(ms), LONGEST_TIMER_MS);
}

function readDuration(name: string, value: Duration): number {
  try {
    return parseDuration(value);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`The option ${name} is wrong: ${problem}.`, { cause });
  }
}

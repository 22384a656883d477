import { ConfigurationError } from '@integrations/errors';
import { type Duration, parseDuration } from '@integrations/types';

/**
 * An option that counts something, in whole numbers so that sums stay exact.
 *
 * @throws ConfigurationError when it is not a whole number of at least `least`.
 */
export function wholeOption(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new ConfigurationError(
    `The option ${name} must be a whole number of ${least} or more, not ${String(value)}.`,
  );
}

/**
 * An option that limits how often something happens.
 *
 * @throws ConfigurationError when it is not a whole number of at least `least`, nor `Infinity`.
 */
export function countOption(name: string, value: number, least: number): number {
  return value === Number.POSITIVE_INFINITY ? value : wholeOption(name, value, least);
}

/**
 * An option that is a length of time, in milliseconds.
 *
 * @throws ConfigurationError when it is no finite duration of zero or more.
 */
export function durationOption(name: string, value: Duration): number {
  try {
    return parseDuration(value);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`The option ${name} is wrong: ${problem}.`, { cause });
  }
}

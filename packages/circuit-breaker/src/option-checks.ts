import { ConfigurationError } from '@integrations/errors';
import { type Duration, parseDuration } from '@integrations/types';

/** A value, short enough for a message. */
export function describeValue(value: unknown): string {
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return `a value of type ${typeof value}`;
}

/** The error for an option that cannot be right. */
export function wrongOption(option: string, rule: string, value: unknown): ConfigurationError {
  return new ConfigurationError(
    `Circuit breaker: \`${option}\` must be ${rule}, not ${describeValue(value)}.`,
  );
}

/** @throws ConfigurationError unless the value is a whole number from 1 to `max`. */
export function checkCount(option: string, value: number, max: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw wrongOption(option, `a whole number from 1 to ${max}`, value);
}

/** @throws ConfigurationError unless the value is above 0 and at most 1. */
export function checkRate(option: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  throw wrongOption(option, 'a share above 0 and up to 1', value);
}

/** @throws ConfigurationError unless the value is a duration above zero. */
export function checkDuration(option: string, value: Duration): number {
  const rule = "a duration above zero, such as 250 (milliseconds), '30s' or '5m'";
  let ms: number;
  try {
    ms = parseDuration(value);
  } catch (error) {
    throw new ConfigurationError(
      `Circuit breaker: \`${option}\` must be ${rule}, not ${describeValue(value)}.`,
      { cause: error },
    );
  }
  if (ms > 0) return ms;
  throw wrongOption(option, rule, value);
}

import { ConfigurationError } from '@integrations/errors';

/** @throws ConfigurationError unless the value is a whole number of at least `least`. */
export function requireWhole(option: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new ConfigurationError(
    `\`${option}\` must be a whole number of at least ${least}, not ${String(value)}.`,
  );
}

/** As `requireWhole`, but `Infinity` is fine too. */
export function requireWholeOrInfinite(option: string, value: number, least: number): number {
  return value === Number.POSITIVE_INFINITY ? value : requireWhole(option, value, least);
}

/** @throws ConfigurationError unless the value is a number above zero; `Infinity` is one. */
export function requirePositive(option: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new ConfigurationError(`\`${option}\` must be a number above 0, not ${String(value)}.`);
}

/** @throws ConfigurationError unless the value is a finite number above zero. */
export function requirePositiveFinite(option: string, value: number): number {
  if (Number.isFinite(value)) return requirePositive(option, value);
  throw new ConfigurationError(`\`${option}\` must be a finite number, not ${String(value)}.`);
}

import { ConfigurationError } from '@integrations/errors';

/**
 * A timeout in milliseconds, where 0 and Infinity both mean no limit and come out as 0.
 *
 * @throws ConfigurationError for one that is negative or not a number.
 */
export function checkTimeout(option: string, ms: number): number {
  if (typeof ms === 'number' && ms >= 0) return Number.isFinite(ms) ? ms : 0;
  throw new ConfigurationError(
    `\`${option}\` must be a number of milliseconds, 0 or more (0 means no limit), not ${String(ms)}.`,
  );
}

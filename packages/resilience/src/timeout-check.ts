import { finiteOption } from '@integrations/errors';

/**
 * A timeout in milliseconds, where 0 and Infinity both mean no limit and come out as 0.
 *
 * @throws ConfigurationError for one that is negative or not a number.
 */
export function checkTimeout(option: string, ms: number): number {
  return ms === Number.POSITIVE_INFINITY ? 0 : finiteOption(option, ms, { least: 0 });
}

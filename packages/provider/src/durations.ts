import { ConfigurationError } from '@integrations/errors';
import { type Duration, parseDuration } from '@integrations/types';

/** Callers without types pass anything. */
function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/**
 * Milliseconds of an option that is a duration.
 *
 * @throws ConfigurationError that names the option.
 */
export function readDuration(option: string, value: Duration): number {
  if (!isText(value) && !Number.isFinite(value)) {
    throw new ConfigurationError(
      `\`${option}\` must be milliseconds (30000) or a text with a unit ('30s'), not ${String(value)}.`,
    );
  }
  try {
    return parseDuration(value);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`\`${option}\`: ${problem}.`, { cause });
  }
}

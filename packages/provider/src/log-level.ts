import { wrongOption } from '@integrations/errors';
import type { LogLevel } from '@integrations/types';

/** The finest level that is written, or `silent` for none. */
export type LoggerLevel = LogLevel | 'silent';

/** From nothing to everything. */
export const LOGGER_LEVELS: readonly LoggerLevel[] = [
  'silent',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
];

/** @throws ConfigurationError when the level is unknown. */
export function checkLogLevel(level: LoggerLevel): LoggerLevel {
  if (LOGGER_LEVELS.includes(level)) return level;
  throw wrongOption('logLevel', `one of ${LOGGER_LEVELS.join(', ')}`, level);
}

/** Whether a line of one level is written where another is the finest. */
export function isWritten(level: LogLevel, finest: LoggerLevel): boolean {
  return LOGGER_LEVELS.indexOf(level) <= LOGGER_LEVELS.indexOf(finest);
}

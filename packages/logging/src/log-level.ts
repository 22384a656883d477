import type { LogLevel } from '@integrations/types';

/** The finest level that is written, or `silent` for none. */
export type LoggerLevel = LogLevel | 'silent';

/** How much has to be wanted for a level to be written. */
const RANKS: Readonly<Record<LoggerLevel, number>> = {
  silent: 0,
  error: 1,
  warn: 2,
  info: 3,
  debug: 4,
  trace: 5,
};

/** Every level, `silent` included. */
export const LOGGER_LEVELS: readonly LoggerLevel[] = Object.keys(RANKS) as LoggerLevel[];

/** Whether a line of one level is written where another is the finest. */
export function isWritten(level: LogLevel, finest: LoggerLevel): boolean {
  return RANKS[level] <= RANKS[finest];
}

/** The level itself, or `error` for what is none: untyped code must not lose a line by a slip. */
export function knownLevel(level: LogLevel): LogLevel {
  return level !== ('silent' as string) && Object.hasOwn(RANKS, level) ? level : 'error';
}

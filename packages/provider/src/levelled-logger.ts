import {
  type Fields,
  LevelMethods,
  type Logger,
  type LogLevel,
  noopLogger,
} from '@integrations/types';
import { isWritten, type LoggerLevel } from './log-level.ts';

/** Passes on the lines up to a level, of those that the logger behind it writes. */
class LevelledLogger extends LevelMethods {
  readonly #logger: Logger;
  readonly #level: LoggerLevel;

  constructor(logger: Logger, level: LoggerLevel) {
    super();
    this.#logger = logger;
    this.#level = level;
  }

  override log(level: LogLevel, message: string, fields?: Fields): void {
    if (isWritten(level, this.#level)) this.#logger.log(level, message, fields);
  }

  override isLevelEnabled(level: LogLevel): boolean {
    return isWritten(level, this.#level) && this.#logger.isLevelEnabled(level);
  }

  override child(fields: Fields): Logger {
    return new LevelledLogger(this.#logger.child(fields), this.#level);
  }
}

/** A logger that writes nothing finer than a level, nor what the given one would not write. */
export function withLevel(logger: Logger, level: LoggerLevel): Logger {
  if (level === 'silent') return noopLogger;
  return level === 'trace' ? logger : new LevelledLogger(logger, level);
}

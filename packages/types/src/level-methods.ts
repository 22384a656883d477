import type { Fields, Logger, LogLevel } from './logger.ts';

/**
 * The methods of a logger that are named after levels, over the one that takes a
 * level: a logger of one's own extends this.
 */
export abstract class LevelMethods implements Logger {
  abstract log(level: LogLevel, message: string, fields?: Fields): void;
  abstract isLevelEnabled(level: LogLevel): boolean;
  abstract child(fields: Fields): Logger;

  error(message: string, fields?: Fields): void {
    this.log('error', message, fields);
  }

  warn(message: string, fields?: Fields): void {
    this.log('warn', message, fields);
  }

  info(message: string, fields?: Fields): void {
    this.log('info', message, fields);
  }

  debug(message: string, fields?: Fields): void {
    this.log('debug', message, fields);
  }

  trace(message: string, fields?: Fields): void {
    this.log('trace', message, fields);
  }
}

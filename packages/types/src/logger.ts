/** From what must be seen to what only an investigation needs. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** What a log line tells besides its message. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** Writes structured log lines. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  debug(message: string, fields?: Fields): void;
  trace(message: string, fields?: Fields): void;
  /** Whether a line of this level would be written: ask before building costly fields. */
  isLevelEnabled(level: LogLevel): boolean;
  /** A logger that adds these fields to every line. */
  child(fields: Fields): Logger;
}

function discard(): void {}

/** Writes nothing. */
export const noopLogger: Logger = {
  log: discard,
  error: discard,
  warn: discard,
  info: discard,
  debug: discard,
  trace: discard,
  isLevelEnabled: () => false,
  child: () => noopLogger,
};

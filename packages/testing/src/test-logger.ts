import { type Fields, LevelMethods, type Logger, type LogLevel } from '@integrations/types';

/** A line as it was written. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /** The line's own fields over those of the loggers it came through. */
  readonly fields: Fields;
}

/** How a test logger begins. */
export interface TestLoggerOptions {
  /** The finest level that is kept. @default 'trace' */
  readonly level?: LogLevel;
}

/** From the coarsest to the finest. */
const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

/** What a logger and its children write to. */
interface Sink {
  readonly level: LogLevel;
  readonly lines: LogLine[];
}

class RecordingLogger extends LevelMethods {
  readonly #sink: Sink;
  readonly #fields: Fields;

  constructor(sink: Sink, fields: Fields) {
    super();
    this.#sink = sink;
    this.#fields = fields;
  }

  override log(level: LogLevel, message: string, fields?: Fields): void {
    if (!this.isLevelEnabled(level)) return;
    this.#sink.lines.push({ level, message, fields: { ...this.#fields, ...fields } });
  }

  override isLevelEnabled(level: LogLevel): boolean {
    return LEVELS.indexOf(level) <= LEVELS.indexOf(this.#sink.level);
  }

  override child(fields: Fields): Logger {
    return new RecordingLogger(this.#sink, { ...this.#fields, ...fields });
  }
}

/** Keeps every line that it and its children were given. */
export class TestLogger extends RecordingLogger {
  /** In the order in which they were written. */
  readonly lines: readonly LogLine[];
  readonly #lines: LogLine[];

  constructor(options: TestLoggerOptions = {}) {
    const lines: LogLine[] = [];
    super({ level: options.level ?? 'trace', lines }, {});
    this.lines = lines;
    this.#lines = lines;
  }

  /** The messages of one level, or of all. */
  messages(level?: LogLevel): string[] {
    const chosen = this.lines.filter((line) => level === undefined || line.level === level);
    return chosen.map((line) => line.message);
  }

  /** Forgets the lines so far. */
  clear(): void {
    this.#lines.length = 0;
  }
}

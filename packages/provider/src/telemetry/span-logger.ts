import { type Fields, LevelMethods, type Logger, type LogLevel } from '@integrations/types';

/** Runs something inside of a span. */
export type InSpan = (run: () => void) => void;

/** Writes each line inside of a span, for loggers that name the current one in their lines. */
export class SpanLogger extends LevelMethods {
  readonly #logger: Logger;
  readonly #inSpan: InSpan;

  constructor(logger: Logger, inSpan: InSpan) {
    super();
    this.#logger = logger;
    this.#inSpan = inSpan;
  }

  override log(level: LogLevel, message: string, fields?: Fields): void {
    this.#inSpan(() => this.#logger.log(level, message, fields));
  }

  override isLevelEnabled(level: LogLevel): boolean {
    return this.#logger.isLevelEnabled(level);
  }

  override child(fields: Fields): Logger {
    return new SpanLogger(this.#logger.child(fields), this.#inSpan);
  }
}

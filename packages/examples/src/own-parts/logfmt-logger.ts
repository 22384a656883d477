import { inspect } from 'node:util';
import { type Fields, LevelMethods, type LogLevel } from '@integrations/types';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

/** Writes lines such as `level=warn msg="The call failed." attempt=2`. */
export class LogfmtLogger extends LevelMethods {
  readonly #write: (line: string) => void;
  readonly #level: LogLevel;
  readonly #fields: Fields;

  /** @param level the finest that is written. */
  constructor(write: (line: string) => void, level: LogLevel, fields: Fields = {}) {
    super();
    this.#write = write;
    this.#level = level;
    this.#fields = fields;
  }

  log(level: LogLevel, message: string, fields: Fields = {}): void {
    if (!this.isLevelEnabled(level)) return;
    const all = Object.entries({ level, msg: message, ...this.#fields, ...fields });
    this.#write(all.map(([name, value]) => `${name}=${textOf(value)}`).join(' '));
  }

  isLevelEnabled(level: LogLevel): boolean {
    return LEVELS.indexOf(level) <= LEVELS.indexOf(this.#level);
  }

  child(fields: Fields): LogfmtLogger {
    return new LogfmtLogger(this.#write, this.#level, { ...this.#fields, ...fields });
  }
}

/** A value on one line. Whatever it is, a logger never throws. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : describe(value);
  return /^[\w./:-]+$/.test(text) ? text : JSON.stringify(text);
}

function describe(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return inspect(value, { breakLength: Infinity });
}

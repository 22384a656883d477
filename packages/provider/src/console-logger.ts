import { redact, type RedactOptions } from '@integrations/errors';
import {
  type Clock,
  type Fields,
  LevelMethods,
  type Logger,
  type LogLevel,
} from '@integrations/types';

/** Room for the body of a request with its tools, and an end to what is no body. */
const LIMITS: RedactOptions = { maxDepth: 16, maxValues: 10_000, stacks: true };

type CleanFields = Readonly<Record<string, unknown>>;

/** Read once, as a value that nothing else here writes to. */
const { console: platformConsole } = globalThis;

/** Browsers have no process, and what bundlers put in its place has no streams. */
function hasStandardError(): boolean {
  const { process } = globalThis as { readonly process?: { readonly stderr?: unknown } };
  return process?.stderr !== undefined;
}

/**
 * To standard error, where output is for people and stays out of pipes. Through the
 * console, since a stream that is closed would end the process.
 */
function write(level: LogLevel, line: string): void {
  if (hasStandardError()) platformConsole.error(line);
  // `console.trace` would add the stack of this function.
  else platformConsole[level === 'trace' ? 'debug' : level](line);
}

/** Untyped code may pass anything for fields. */
function cleanFields(fields: Fields | undefined): CleanFields {
  const clean = redact(fields, LIMITS);
  return typeof clean === 'object' && clean !== null ? { ...clean } : {};
}

/**
 * Writes every line as JSON to standard error, in a browser to its console: time,
 * level, the part of the program that speaks, message and fields, all without
 * secrets. Cycles are cut, and members that cannot be read are named as such.
 *
 * A child names another part of the program with the field `target`.
 */
export class ConsoleLogger extends LevelMethods {
  readonly #clock: Clock;
  /** As they were given: a secret may be registered after its field was bound. */
  readonly #bound: readonly Fields[];

  constructor(clock: Clock, ...bound: readonly Fields[]) {
    super();
    this.#clock = clock;
    this.#bound = bound;
  }

  override log(level: LogLevel, message: string, fields?: Fields): void {
    const { target, ...bound } = this.#boundFields();
    const line = {
      timestamp: new Date(this.#clock.epoch()).toISOString(),
      level: level.toUpperCase(),
      target,
      message: redact(message, LIMITS),
      fields: { ...bound, ...cleanFields(fields) },
    };
    write(level, JSON.stringify(line));
  }

  override isLevelEnabled(): boolean {
    return true;
  }

  override child(fields: Fields): Logger {
    return new ConsoleLogger(this.#clock, ...this.#bound, fields);
  }

  #boundFields(): CleanFields {
    let all: CleanFields = {};
    for (const fields of this.#bound) all = { ...all, ...cleanFields(fields) };
    return all;
  }
}

import type { Clock, Fields } from '@integrations/types';
import type { Logger as PinoLogger } from 'pino';
import type { LoggerLevel } from './log-level.ts';
import type { SpanContextSource } from './span-context.ts';

/** What lines are written to: `pino.destination()`, a transport, or any stream that takes text. */
export interface LogDestination {
  write(line: string): unknown;
}

/** The part of a pino logger that is needed to write through it. */
export type PinoInstance = Pick<
  PinoLogger,
  'error' | 'warn' | 'info' | 'debug' | 'trace' | 'isLevelEnabled'
>;

/** Options of `createLogger`. */
export interface LoggerOptions {
  /**
   * The finest level that is written; `silent` writes nothing.
   *
   * @default 'info', and with `pino` whatever that logger writes
   */
  readonly level?: LoggerLevel;
  /**
   * The part of the program that speaks, such as `integrations_openai::services::chat`.
   * A child sets its own with `child({ target })`.
   *
   * @default 'integrations'
   */
  readonly target?: string;
  /** Where lines go. @default standard output; in a browser the console */
  readonly destination?: LogDestination;
  /**
   * A pino logger of your own to write through, instead of `destination`: the line
   * then has its format, and `target`, `fields` and `span` as members.
   */
  readonly pino?: PinoInstance;
  /** Whether a line says `INFO` or `info`. @default 'upper' */
  readonly levelCase?: 'upper' | 'lower';
  /** Fields of every line. @default none */
  readonly fields?: Fields;
  /** Tells the span that a line belongs to. @default none */
  readonly spanContext?: SpanContextSource;
  /**
   * Told of the first failure to write a line: a destination that is full, gone or
   * broken, or a `spanContext` that throws. Later ones are not reported.
   *
   * @default a process warning, in a browser the global error event
   */
  readonly onError?: (error: unknown) => void;
  /** Where timestamps come from. @default systemClock */
  readonly clock?: Clock;
}

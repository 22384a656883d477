import type { Clock, LogLevel } from '@integrations/types';
import { pino } from 'pino';
import { watchDestination } from './destination-watch.ts';
import type { FailureReport } from './failure-report.ts';
import type { LogDestination, PinoInstance } from './logger-options.ts';
import type { SpanContext } from './span-context.ts';
import { Timestamp } from './timestamp.ts';

/** A line without its time and level; everything in it is clean. */
interface Line {
  readonly target: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly span?: SpanContext;
}

/** Gives a line to pino. May throw what the destination throws. */
export type LineWriter = (level: LogLevel, line: Line) => void;

/** How lines look, and where they go. */
export interface LineFormat {
  readonly levelCase: 'upper' | 'lower';
  readonly clock: Clock;
  /** @default standard output, or a browser's console */
  readonly destination?: LogDestination | undefined;
}

/** What pino's browser build hands over: the line, under a time and level of its own. */
type BrowserWrite = (line: object) => void;

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

/** Read once, as a value that a browser has and that nothing else here writes to. */
const { console: platformConsole } = globalThis;

function spelled(level: string, levelCase: LineFormat['levelCase']): string {
  return levelCase === 'upper' ? level.toUpperCase() : level;
}

/** The browser build formats nothing by itself, so the line is put together here. */
function browserWrite(level: LogLevel, format: LineFormat, timestamp: Timestamp): BrowserWrite {
  return (given) => {
    const { target, message, fields, span } = given as Line;
    const shown = spelled(level, format.levelCase);
    const line = { level: shown, timestamp: timestamp.now(), target, message, fields, span };
    if (format.destination === undefined) platformConsole[level](line);
    else format.destination.write(`${JSON.stringify(line)}\n`);
  };
}

function ownPino(format: LineFormat): PinoInstance {
  const timestamp = new Timestamp(format.clock);
  const writes = LEVELS.map((level) => [level, browserWrite(level, format, timestamp)] as const);
  const options: Parameters<typeof pino>[0] = {
    level: 'trace',
    base: null,
    timestamp: () => `,"timestamp":"${timestamp.now()}"`,
    formatters: { level: (label) => ({ level: spelled(label, format.levelCase) }) },
    browser: { write: Object.fromEntries(writes) },
  };
  const { destination } = format;
  if (destination === undefined) return pino(options);
  return pino(options, { write: (line) => void destination.write(line) });
}

/** Writes lines in this package's own format. */
export function formattedWriter(format: LineFormat, report: FailureReport): LineWriter {
  const logger = ownPino(format);
  watchDestination(format.destination ?? streamOf(logger), report);
  // The message is a member like the others: as an argument it would come last.
  return (level, line) => logger[level](line);
}

/** The stream that pino made; its browser build makes none. */
function streamOf(logger: PinoInstance): unknown {
  const { symbols } = pino as Partial<typeof pino>;
  if (symbols === undefined) return undefined;
  return (logger as Partial<Record<symbol, unknown>>)[symbols.streamSym];
}

/** Writes lines through a pino logger of the user's, in its format. */
export function instanceWriter(instance: PinoInstance): LineWriter {
  return (level, { message, ...members }) => instance[level](members, message);
}

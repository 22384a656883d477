import { deepEqual, equal } from 'node:assert/strict';
import type { Fields, Logger, LogLevel } from '@integrations/types';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';

/** What `create` must set a logger to. */
export interface LoggerContractSettings {
  /** The finest level that is written. */
  readonly level: LogLevel;
}

/** A line as the logger wrote it. */
export interface WrittenLine {
  readonly level: LogLevel;
  readonly message: string;
  /** May hold more than was given, such as a time. */
  readonly fields: Fields;
}

/** A logger, and what it has written. */
export interface ReadableLogger {
  readonly logger: Logger;
  /** Every line so far, those of children included. */
  lines(): readonly WrittenLine[] | Promise<readonly WrittenLine[]>;
}

/** Options of `describeLoggerContract`. */
export interface LoggerContractOptions extends ContractOptions<
  LoggerContractSettings,
  ReadableLogger
> {
  /** Whether it writes at all; false for one that discards everything. @default true */
  readonly writes?: boolean;
}

interface LoggerTrial {
  readonly fine: ReadableLogger;
  readonly coarse: ReadableLogger;
}

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];
const COARSE: readonly LogLevel[] = ['error', 'warn'];

/** The lines with no other fields than those asked for. */
async function linesOf(readable: ReadableLogger, names: readonly string[]): Promise<WrittenLine[]> {
  const lines = await readable.lines();
  return lines.map(({ level, message, fields }) => ({
    level,
    message,
    fields: Object.fromEntries(
      names.filter((name) => name in fields).map((name) => [name, fields[name]]),
    ),
  }));
}

function writeEach(logger: Logger): void {
  for (const level of LEVELS) {
    logger[level](`by ${level}()`, { number: 1 });
    logger.log(level, `by log(${level})`, { number: 2 });
  }
}

function written(levels: readonly LogLevel[]): WrittenLine[] {
  return levels.flatMap((level) => [
    { level, message: `by ${level}()`, fields: { number: 1 } },
    { level, message: `by log(${level})`, fields: { number: 2 } },
  ]);
}

const writingCases: readonly ContractCase<LoggerTrial>[] = [
  {
    promise: 'each line is written with its level, message and fields, whichever method is called',
    check: async ({ fine }) => {
      writeEach(fine.logger);
      const lines = await linesOf(fine, ['number']);
      deepEqual(lines, written(LEVELS), `it wrote ${JSON.stringify(lines)}`);
    },
  },
  {
    promise: 'fields may be left out',
    check: async ({ fine }) => {
      fine.logger.info('bare');
      fine.logger.log('warn', 'bare too');
      const lines = (await linesOf(fine, [])).map(({ message }) => message);
      deepEqual(lines, ['bare', 'bare too'], `it wrote ${JSON.stringify(lines)}`);
    },
  },
  {
    promise: 'what is finer than its level is not written, and isLevelEnabled() says so',
    check: async ({ fine, coarse }) => {
      writeEach(coarse.logger);
      const lines = await linesOf(coarse, ['number']);
      deepEqual(lines, written(COARSE), `at level warn it wrote ${JSON.stringify(lines)}`);
      for (const level of LEVELS) {
        const enabled = coarse.logger.isLevelEnabled(level);
        equal(enabled, COARSE.includes(level), `isLevelEnabled(${level}) is ${enabled} at warn`);
        equal(fine.logger.isLevelEnabled(level), true, `isLevelEnabled(${level}) at trace`);
      }
    },
  },
  {
    promise: 'a child adds its fields to every line, and to no line of its parent',
    check: async ({ fine: { logger }, fine }) => {
      const child = logger.child({ call: 'chat', attempt: 1 });
      child.info('child', { number: 3 });
      child.log('warn', 'child again');
      child.child({ inner: true }).info('grandchild');
      logger.info('parent');
      const lines = await linesOf(fine, ['call', 'attempt', 'inner', 'number']);
      const own = { call: 'chat', attempt: 1 };
      deepEqual(
        lines,
        [
          { level: 'info', message: 'child', fields: { ...own, number: 3 } },
          { level: 'warn', message: 'child again', fields: own },
          { level: 'info', message: 'grandchild', fields: { ...own, inner: true } },
          { level: 'info', message: 'parent', fields: {} },
        ],
        `it wrote ${JSON.stringify(lines)}`,
      );
    },
  },
  {
    promise: 'a child writes the levels that its parent writes',
    check: async ({ coarse }) => {
      const child = coarse.logger.child({ call: 'chat' });
      writeEach(child);
      const lines = await linesOf(coarse, ['number']);
      deepEqual(lines, written(COARSE), `at level warn a child wrote ${JSON.stringify(lines)}`);
      for (const level of LEVELS) {
        equal(child.isLevelEnabled(level), COARSE.includes(level), `isLevelEnabled(${level})`);
      }
    },
  },
];

const discardingCases: readonly ContractCase<LoggerTrial>[] = [
  {
    promise: 'a logger that writes nothing says so of every level, as do its children',
    check: async ({ fine }) => {
      for (const logger of [fine.logger, fine.logger.child({ call: 'chat' })]) {
        writeEach(logger);
        for (const level of LEVELS) {
          equal(logger.isLevelEnabled(level), false, `isLevelEnabled(${level}) is true`);
        }
      }
      equal((await fine.lines()).length, 0, 'lines were written');
    },
  },
];

/** Checks what `Logger` promises: lines with their level and fields, levels that filter, children. */
export function describeLoggerContract(options: LoggerContractOptions): void {
  describeContract(options, {
    interfaceName: 'Logger',
    cases: options.writes === false ? discardingCases : writingCases,
    attempt: (check) =>
      withSubject(options, { level: 'trace' }, (fine) =>
        withSubject(options, { level: 'warn' }, (coarse) => check({ fine, coarse })),
      ),
  });
}

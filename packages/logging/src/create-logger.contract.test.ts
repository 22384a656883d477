import { describeLoggerContract, type WrittenLine } from '@integrations/testing';
import type { LogLevel } from '@integrations/types';
import { pino } from 'pino';
import { describe, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import { KeptLines } from './lines.test.support.ts';

describeLoggerContract({
  describe,
  it,
  name: 'createLogger',
  create: ({ level }) => {
    const kept = new KeptLines();
    return {
      logger: createLogger({ level, destination: kept }),
      lines: () =>
        kept.lines.map((line) => ({ ...line, level: line.level.toLowerCase() as LogLevel })),
    };
  },
});

describeLoggerContract({
  describe,
  it,
  name: 'createLogger through a pino logger of the user',
  create: ({ level }) => {
    const kept = new KeptLines();
    const instance = pino({ level, formatters: { level: (label) => ({ level: label }) } }, kept);
    return {
      logger: createLogger({ pino: instance }),
      lines: () =>
        kept.lines.map((line) => ({
          level: line.level as LogLevel,
          message: (line as unknown as { readonly msg: string }).msg,
          fields: line.fields,
        })),
    };
  },
});

describeLoggerContract({
  describe,
  it,
  name: 'createLogger at level silent',
  writes: false,
  create: () => {
    const kept = new KeptLines();
    const lines = (): readonly WrittenLine[] =>
      kept.lines.map((line) => ({ ...line, level: line.level as LogLevel }));
    return { logger: createLogger({ level: 'silent', destination: kept }), lines };
  },
});

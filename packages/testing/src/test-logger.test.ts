import { describe, expect, it } from 'vitest';
import type { Logger, LogLevel } from '@integrations/types';
import { TestLogger } from './test-logger.ts';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

describe('TestLogger', () => {
  it('keeps lines of every level in order', () => {
    const logger = new TestLogger();
    for (const level of LEVELS) logger[level](`a ${level}`, { level });
    logger.log('info', 'plain');
    expect(logger.lines.map((line) => line.level)).toEqual([...LEVELS, 'info']);
    expect(logger.lines[1]).toEqual({
      level: 'warn',
      message: 'a warn',
      fields: { level: 'warn' },
    });
    expect(logger.messages('info')).toEqual(['a info', 'plain']);
    expect(logger.messages()).toHaveLength(6);
  });

  it('gathers the lines of children, with the nearest field winning', () => {
    const logger = new TestLogger();
    const child: Logger = logger.child({ service: 'openai', attempt: 1 }).child({ attempt: 2 });
    child.info('sent', { status: 200 });
    child.info('sent', { attempt: 3 });
    logger.info('bare');
    expect(logger.lines.map((line) => line.fields)).toEqual([
      { service: 'openai', attempt: 2, status: 200 },
      { service: 'openai', attempt: 3 },
      {},
    ]);
  });

  it('drops what is finer than its level, for children too', () => {
    const logger = new TestLogger({ level: 'warn' });
    const child = logger.child({ a: 1 });
    for (const level of LEVELS) child[level](level);
    expect(logger.messages()).toEqual(['error', 'warn']);
    expect(LEVELS.filter((level) => child.isLevelEnabled(level))).toEqual(['error', 'warn']);
  });

  it('does not change with the object that it was given', () => {
    const logger = new TestLogger();
    const fields = { status: 200 };
    logger.info('sent', fields);
    fields.status = 500;
    expect(logger.lines[0]?.fields).toEqual({ status: 200 });
  });

  it('forgets on request and keeps on recording', () => {
    const logger = new TestLogger();
    const child = logger.child({ a: 1 });
    child.info('before');
    logger.clear();
    child.info('after');
    expect(logger.messages()).toEqual(['after']);
  });
});

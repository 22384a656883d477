import { TestLogger, TestTracer } from '@integrations/testing';
import type { Logger } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { SpanLogger } from './span-logger.ts';

describe('SpanLogger', () => {
  function inside(): { logger: Logger; lines: TestLogger; seen: unknown[]; span: unknown } {
    const tracer = new TestTracer();
    const lines = new TestLogger({ level: 'info' });
    const seen: unknown[] = [];
    const watching = (logger: Logger): Logger => ({
      ...logger,
      log: (level, message, fields) => {
        seen.push(tracer.currentSpan());
        logger.log(level, message, fields);
      },
      isLevelEnabled: (level) => logger.isLevelEnabled(level),
      child: (fields) => watching(logger.child(fields)),
    });
    const span = tracer.startSpan('call');
    const logger = new SpanLogger(watching(lines), (run) => tracer.withSpan(span, run));
    return { logger, lines, seen, span };
  }

  it('writes its lines, and those of its children, inside of the span', () => {
    const { logger, lines, seen, span } = inside();
    logger.info('one', { a: 1 });
    logger.child({ b: 2 }).log('error', 'two');
    expect(lines.lines).toEqual([
      { level: 'info', message: 'one', fields: { a: 1 } },
      { level: 'error', message: 'two', fields: { b: 2 } },
    ]);
    expect(seen).toEqual([span, span]);
  });

  it('writes the levels of the logger behind it', () => {
    const { logger } = inside();
    expect(logger.isLevelEnabled('info')).toBe(true);
    expect(logger.isLevelEnabled('debug')).toBe(false);
  });
});

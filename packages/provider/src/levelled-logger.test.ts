import { describeLoggerContract, TestLogger } from '@integrations/testing';
import { noopLogger } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { withLevel } from './levelled-logger.ts';

describeLoggerContract({
  describe,
  it,
  name: 'withLevel',
  create: ({ level }) => {
    const written = new TestLogger();
    return { logger: withLevel(written, level), lines: () => written.lines };
  },
});

describe('withLevel', () => {
  it('writes nothing that the logger behind it would not', () => {
    const logger = withLevel(new TestLogger({ level: 'warn' }), 'debug');
    expect(logger.isLevelEnabled('info')).toBe(false);
    expect(logger.child({}).isLevelEnabled('info')).toBe(false);
    expect(logger.isLevelEnabled('warn')).toBe(true);
  });

  it('adds nothing where everything is written, and nothing is', () => {
    const logger = new TestLogger();
    expect(withLevel(logger, 'trace')).toBe(logger);
    expect(withLevel(logger, 'silent')).toBe(noopLogger);
  });
});

import { describe, expect, it } from 'vitest';
import { type LogLevel, noopLogger } from './logger.ts';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

describe('noopLogger', () => {
  it('takes every line and enables no level', () => {
    for (const level of LEVELS) {
      expect(noopLogger[level]('message', { a: 1 })).toBeUndefined();
      expect(noopLogger.log(level, 'message')).toBeUndefined();
      expect(noopLogger.isLevelEnabled(level)).toBe(false);
    }
  });

  it('never reads its fields', () => {
    const fields = {
      get costly(): never {
        throw new Error('read');
      },
    };
    expect(() => noopLogger.error('message', fields)).not.toThrow();
  });

  it('is its own child', () => {
    expect(noopLogger.child({ a: 1 })).toBe(noopLogger);
  });
});

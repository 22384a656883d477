import { ServerError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { isPermanent, permanent } from './permanent.ts';

describe('permanent', () => {
  it('marks the very error, out of sight', () => {
    const error = new ServerError('Failed.');
    expect(isPermanent(error)).toBe(false);
    expect(permanent(permanent(error))).toBe(error);
    expect(isPermanent(error)).toBe(true);
    expect(JSON.stringify(error)).not.toContain('permanent');
  });

  it.each(['text', 5, null, undefined, Object.freeze(new Error('frozen'))])(
    'makes an error of what cannot carry the mark: %o',
    (value) => {
      const error = permanent(value);
      expect(isPermanent(value)).toBe(false);
      expect(isPermanent(error)).toBe(true);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).cause).toBe(value);
    },
  );
});

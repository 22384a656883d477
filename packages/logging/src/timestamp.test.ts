import { systemClock } from '@integrations/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timestamp } from './timestamp.ts';

/** The most that a date can be, before and after the epoch, in milliseconds. */
const FARTHEST = 8.64e15;

/** A timestamp whose clock is set before each line. */
function settable(): (epoch: number) => string {
  let now = 0;
  const timestamp = new Timestamp({ ...systemClock, epoch: () => now });
  return (epoch) => {
    now = epoch;
    return timestamp.now();
  };
}

describe('Timestamp', () => {
  it('is the ISO date of its clock, wherever that jumps', () => {
    const jump = fc.oneof(
      fc.integer({ min: -1500, max: 1500 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.integer({ min: -1e13, max: 1e13 }),
    );
    const start = fc.constantFrom(0, Date.UTC(2025, 11, 31, 23, 59, 59, 999), -1e14);
    fc.assert(
      fc.property(start, fc.array(jump, { minLength: 1 }), (first, jumps) => {
        const at = settable();
        let epoch = first;
        for (const each of jumps) {
          epoch += each;
          expect(at(epoch)).toBe(new Date(epoch).toISOString());
        }
      }),
    );
  });

  it.each([0, -1, -0.5, 999.9, -FARTHEST, FARTHEST])('writes %d', (epoch) => {
    expect(settable()(epoch)).toBe(new Date(epoch).toISOString());
  });

  it('fails where a clock gives no date, and not at the line after it', () => {
    const at = settable();
    for (const wrong of [Number.NaN, Infinity, FARTHEST + 1]) {
      expect(() => at(wrong)).toThrow(RangeError);
      expect(at(1)).toBe('1970-01-01T00:00:00.001Z');
    }
  });
});

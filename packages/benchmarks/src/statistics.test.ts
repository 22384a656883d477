import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, slope, summarize } from './statistics.ts';

const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });

describe('median', () => {
  it('is the middle value, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('has as many values below it as above it, in whatever order they come', () => {
    fc.assert(
      fc.property(values, (some) => {
        const middle = median(some);
        expect(some.filter((value) => value < middle).length).toBeLessThanOrEqual(some.length / 2);
        expect(some.filter((value) => value > middle).length).toBeLessThanOrEqual(some.length / 2);
        expect(median(some.toReversed())).toBe(middle);
      }),
    );
  });

  it('leaves its values as they were', () => {
    const some = [3, 1, 2];
    median(some);
    expect(some).toEqual([3, 1, 2]);
  });

  it('does not exist for no values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('summarize', () => {
  it('tells the median and both ends', () => {
    expect(summarize([3, 10, 1, 2])).toEqual({ median: 2.5, min: 1, max: 10 });
  });
});

describe('slope', () => {
  it('finds the slope of a line, whatever its height', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(number, number, (steepness, height) => {
        const points = [1, 2, 5, 9].map((x) => ({ x, y: steepness * x + height }));
        expect(slope(points)).toBeCloseTo(steepness, 6);
      }),
    );
  });

  it('is not known of a single point', () => {
    expect(() => slope([{ x: 1, y: 1 }])).toThrow(RangeError);
  });
});

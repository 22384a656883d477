import { describe, expect, it } from 'vitest';
import { systemRandom } from './random.ts';

describe('systemRandom', () => {
  it('gives different numbers from 0 to below 1', () => {
    const numbers = Array.from({ length: 1000 }, () => systemRandom());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(990);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLimitDuration } from './limit-duration.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

describe('formatLimitDuration', () => {
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [120, '120ms'],
    [0.2, '1ms'],
    [1000, '1s'],
    [8640, '8.64s'],
    [60_000, '1m0s'],
    [360_000, '6m0s'],
    [7_230_500, '2h0m30.5s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatLimitDuration(ms)).toBe(text);
  });

  it('reads back as the same time', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (ms) => {
        const parts = [...formatLimitDuration(ms).matchAll(/([\d.]+)(ms|s|m|h)/g)];
        const total = parts.reduce(
          (sum, [, figure, unit]) => sum + Number(figure) * (UNITS[unit ?? ''] ?? NaN),
          0,
        );
        expect(Math.round(total)).toBe(ms);
      }),
    );
  });
});

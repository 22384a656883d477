import { ConfigurationError } from '@integrations/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsInEveryWindow, naiveWindow, steps } from './limit-properties.test.support.ts';
import { SlidingWindow } from './sliding-window.ts';

const MONTH_MS = 30 * 86_400_000;

describe('SlidingWindow', () => {
  it('lets the limit through in any window, and the next when the first has left', () => {
    const window = new SlidingWindow({ limit: 2, windowMs: 100 });
    window.take(1, 0);
    window.take(1, 30);
    expect([window.canTake(1, 99), window.readyAt(1, 99)]).toEqual([false, 100]);
    expect([window.canTake(1, 100), window.available(100)]).toEqual([true, 1]);
    expect([window.readyAt(2, 100), window.available(130)]).toEqual([130, 2]);
  });

  it('says when more than its limit can have passed in portions', () => {
    const window = new SlidingWindow({ limit: 10, windowMs: 100 });
    window.take(4, 0);
    window.take(6, 50);
    expect([4, 5, 10, 11, 14, 25].map((cost) => window.readyAt(cost, 60))).toEqual([
      100, 150, 150, 200, 200, 350,
    ]);
    expect(new SlidingWindow({ limit: 0 }).readyAt(1, 0)).toBe(Infinity);
  });

  it('holds its limit in every window, whatever is asked when', () => {
    fc.assert(holdsInEveryWindow((limit, windowMs) => new SlidingWindow({ limit, windowMs })));
  });

  it('does so for windows longer than a timer can be', () => {
    fc.assert(
      holdsInEveryWindow((limit, windowMs) => new SlidingWindow({ limit, windowMs }), MONTH_MS),
    );
  });

  it('admits what a log of single entries would, and says when', () => {
    fc.assert(
      fc.property(steps(), fc.integer({ min: 1, max: 12 }), (moves, limit) => {
        const window = new SlidingWindow({ limit, windowMs: 100 });
        const naive = naiveWindow(limit, 100);
        let now = 0;
        for (const { wait, cost } of moves) {
          now += wait;
          expect(window.canTake(cost, now)).toBe(naive.canTake(cost, now));
          if (cost <= limit) {
            const ready = window.readyAt(cost, now);
            expect(naive.canTake(cost, ready)).toBe(true);
            if (ready > now) expect(naive.canTake(cost, ready - 1)).toBe(false);
          }
          if (!naive.canTake(cost, now)) continue;
          window.take(cost, now);
          naive.take(cost, now);
        }
      }),
    );
  });

  it('pools neighbours when it holds thousands, and lets none of them out early', () => {
    const window = new SlidingWindow({ limit: 50_000, windowMs: 60_000 });
    for (let call = 0; call < 50_000; call += 1) window.take(1, call);
    expect(window.used(59_999)).toBe(50_000);
    const kept = window.used(60_000 + 25_000);
    expect(kept).toBeGreaterThanOrEqual(24_999);
    expect(kept).toBeLessThan(25_020);
    expect(window.used(110_000)).toBe(0);
  });

  it('corrects an entry in place, unless that has left', () => {
    const window = new SlidingWindow({ limit: 10, windowMs: 100 });
    const first = window.take(6, 0);
    const second = window.take(4, 50);
    window.settle(first, 6, 1);
    expect(window.available(60)).toBe(5);
    window.refund(second, 4);
    expect(window.available(60)).toBe(9);
    expect(window.available(150)).toBe(10);
    window.settle(first, 1, 9);
    expect(window.available(150)).toBe(10);
  });

  it('keeps what was taken when its limit changes', () => {
    const window = new SlidingWindow({ limit: 10, windowMs: 100 });
    window.take(6, 0);
    window.resize(4);
    expect([window.available(1), window.canTake(1, 1), window.canTake(4, 100)]).toEqual([
      0,
      false,
      true,
    ]);
    expect([window.used(1), window.takenAfter(-1), window.takenAfter(0)]).toEqual([0, 0, 0]);
  });

  it('knows what was taken after a moment', () => {
    const window = new SlidingWindow({ limit: 10 });
    for (const moment of [0, 1, 2, 2]) window.take(2, moment);
    expect([-1, 0, 1, 2].map((moment) => window.takenAfter(moment))).toEqual([8, 6, 4, 0]);
  });

  it('takes a clock that goes back for one that stands still', () => {
    const window = new SlidingWindow({ limit: 2, windowMs: 100 });
    window.take(1, 1000);
    window.take(1, 0);
    expect([window.canTake(1, 150), window.canTake(1, 1099), window.canTake(2, 1100)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['limit', { limit: -1 }],
    ['limit', { limit: 0.5 }],
    ['limit', { limit: Number.NaN }],
    ['windowMs', { limit: 1, windowMs: 0 }],
    ['windowMs', { limit: 1, windowMs: Infinity }],
  ])('refuses a wrong %s: %o', (option, options) => {
    const create = (): unknown => new SlidingWindow(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\` must be`);
  });
});

describe('leftAfter', () => {
  const moments = fc.array(fc.record({ gap: fc.nat({ max: 5000 }), cost: fc.nat({ max: 9 }) }), {
    minLength: 1,
    maxLength: 40,
  });

  it('is what left the window between a moment and now, as far as that is remembered', () => {
    fc.assert(
      fc.property(moments, fc.nat({ max: 30_000 }), (taken, back) => {
        const window = new SlidingWindow({ limit: Infinity });
        let now = 0;
        const entries = taken.map(({ gap, cost }) => {
          now += gap;
          window.take(cost, now);
          return { at: now, cost };
        });
        now += 60_000;
        const left = window.leftAfter(now - back, now);
        const truth = entries
          .filter(({ at }) => at + 60_000 > now - back && at + 60_000 <= now)
          .reduce((sum, { cost }) => sum + cost, 0);
        expect(left).toBeLessThanOrEqual(truth);
        // So few entries make the log grow never, and nothing is forgotten.
        if (entries.length <= 8) expect(left).toBe(truth);
      }),
    );
  });
});

import { ConfigurationError } from '@integrations/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gcra } from './gcra.ts';
import { holdsBurstAndRate, knowsWhenItIsReady } from './limit-properties.test.support.ts';

describe('Gcra', () => {
  it('spaces evenly unless a burst is allowed', () => {
    const even = new Gcra({ limit: 60 });
    even.take(1, 0);
    expect([even.canTake(1, 999), even.readyAt(1, 999), even.canTake(1, 1000)]).toEqual([
      false,
      1000,
      true,
    ]);
    const bursty = new Gcra({ limit: 60, burst: 3 });
    bursty.take(3, 0);
    expect([bursty.available(0), bursty.available(1999), bursty.available(9000)]).toEqual([
      0, 1, 3,
    ]);
    expect(bursty.readyAt(3, 0)).toBe(3000);
    expect(bursty.readyAt(6, 0)).toBe(6000);
  });

  it('lets burst + rate through in any stretch of time, refunds or not', () => {
    fc.assert(
      holdsBurstAndRate((limit, periodMs, burst) => new Gcra({ limit, periodMs, burst })),
      { numRuns: 1000 },
    );
  });

  it('knows when it is ready', () => {
    fc.assert(knowsWhenItIsReady(() => new Gcra({ limit: 7, periodMs: 100, burst: 5 })));
  });

  it('does not drift: a million calls at a rate that no double can hold', () => {
    const gcra = new Gcra({ limit: 7, periodMs: 1000 });
    let now = 0;
    for (let call = 0; call < 1_000_000; call += 1) {
      now = gcra.readyAt(1, now);
      gcra.take(1, now);
    }
    expect(Math.abs(now - (999_999 * 1000) / 7)).toBeLessThan(0.001);
  });

  it('charges more, or gives back, what a call really used', () => {
    const gcra = new Gcra({ limit: 10, periodMs: 1000, burst: 10 });
    const ticket = gcra.take(4, 0);
    gcra.settle(ticket, 4, 8, 0);
    expect(gcra.available(0)).toBe(2);
    const other = gcra.take(2, 0);
    gcra.settle(other, 2, 1, 0);
    expect(gcra.available(0)).toBe(1);
  });

  it('bears a clock that jumps by 30 days, either way', () => {
    const gcra = new Gcra({ limit: 60 });
    gcra.take(1, 0);
    expect(gcra.available(30 * 86_400_000)).toBe(1);
    gcra.take(1, 30 * 86_400_000);
    expect(gcra.canTake(1, 0)).toBe(false);
    expect(gcra.canTake(1, 30 * 86_400_000 + 1000)).toBe(true);
  });

  it.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 1.5 }],
    ['burst', { limit: 1, burst: 0 }],
    ['periodMs', { limit: 1, periodMs: -1 }],
    ['periodMs', { limit: 1, periodMs: Infinity }],
  ])('refuses a wrong %s: %o', (option, options) => {
    const create = (): unknown => new Gcra(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\` must be`);
  });
});

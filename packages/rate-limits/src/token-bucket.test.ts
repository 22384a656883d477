import { ConfigurationError } from '@integrations/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsBurstAndRate, knowsWhenItIsReady } from './limit-properties.test.support.ts';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('begins full and refills steadily', () => {
    const bucket = new TokenBucket({ capacity: 10, refill: 60 });
    bucket.take(10, 0);
    expect([bucket.available(0), bucket.available(1999), bucket.available(90_000)]).toEqual([
      0, 1, 10,
    ]);
  });

  it('refills once a minute unless told otherwise', () => {
    const bucket = new TokenBucket({ capacity: 600 });
    bucket.take(600, 0);
    expect([bucket.readyAt(1, 0), bucket.readyAt(600, 0), bucket.readyAt(1200, 0)]).toEqual([
      100, 60_000, 120_000,
    ]);
  });

  it('lets capacity + rate through in any stretch of time, refunds or not', () => {
    fc.assert(
      holdsBurstAndRate(
        (refill, periodMs, capacity) => new TokenBucket({ capacity, refill, periodMs }),
      ),
      { numRuns: 1000 },
    );
  });

  it('knows when it is ready', () => {
    fc.assert(knowsWhenItIsReady(() => new TokenBucket({ capacity: 5, refill: 7, periodMs: 100 })));
  });

  it('does not drift over a million calls', () => {
    const bucket = new TokenBucket({ capacity: 1, refill: 7, periodMs: 1000 });
    let now = 0;
    for (let call = 0; call < 1_000_000; call += 1) {
      now = bucket.readyAt(1, now);
      bucket.take(1, now);
    }
    expect(Math.abs(now - (999_999 * 1000) / 7)).toBeLessThan(0.001);
  });

  it('goes below zero when more was used than reserved', () => {
    const bucket = new TokenBucket({ capacity: 10, periodMs: 1000 });
    const ticket = bucket.take(10, 0);
    bucket.settle(ticket, 10, 20, 0);
    expect([bucket.available(0), bucket.readyAt(1, 0)]).toEqual([0, 1100]);
  });

  it('gives back no more than it holds, and nothing that would have been spilt', () => {
    const bucket = new TokenBucket({ capacity: 10, periodMs: 1000 });
    bucket.refund(bucket.take(10, 0), 10, 0);
    expect(bucket.available(0)).toBe(10);
    const ticket = bucket.take(10, 0);
    bucket.refund(ticket, 10, 500);
    expect(bucket.available(500)).toBe(10);
    bucket.take(5, 500);
    bucket.refund(bucket.take(5, 500), 5, 800);
    expect(bucket.available(800)).toBe(5);
  });

  it('bears a clock that jumps by 30 days, either way', () => {
    const bucket = new TokenBucket({ capacity: 2 });
    bucket.take(2, 0);
    expect(bucket.available(30 * 86_400_000)).toBe(2);
    bucket.take(2, 30 * 86_400_000);
    expect(bucket.canTake(1, 0)).toBe(false);
  });

  it.each([
    ['capacity', { capacity: 0 }],
    ['refill', { capacity: 1, refill: 0 }],
    ['periodMs', { capacity: 1, periodMs: 0 }],
  ])('refuses a wrong %s: %o', (option, options) => {
    const create = (): unknown => new TokenBucket(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\` must be`);
  });
});

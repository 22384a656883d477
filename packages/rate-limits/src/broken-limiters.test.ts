import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limit } from './limit.ts';
import {
  holdsBurstAndRate,
  holdsInEveryWindow,
  knowsWhenItIsReady,
} from './limit-properties.test.support.ts';
import { keepsItsPromises, refusesImpossibleCosts } from './limiter-properties.test.support.ts';
import { type LimiterBug, ModelLimiter } from './model-limiter.test.support.ts';
import { SlidingWindow } from './sliding-window.ts';
import { TokenBucket } from './token-bucket.ts';

const THOROUGH = { seed: 1, numRuns: 2000 };

async function passes(bug: LimiterBug): Promise<boolean> {
  const promises = await fc.check(
    keepsItsPromises((clock) => new ModelLimiter(clock, bug)),
    { ...THOROUGH, numRuns: bug === 'none' ? 100 : 2000, endOnFailure: true },
  );
  const costs = fc.check(
    refusesImpossibleCosts((clock) => new ModelLimiter(clock, bug)),
    { ...THOROUGH, numRuns: 50 },
  );
  return !promises.failed && !costs.failed;
}

describe('the properties of a limiter', () => {
  it('hold for the plainest limiter', async () => {
    expect(await passes('none')).toBe(true);
  });

  it.each<LimiterBug>([
    'fixed window',
    'refunds to a bucket',
    'charges requests before it checks tokens',
    'charges what it refuses',
    'takes any cost',
    'newcomers overtake',
    'abort of the head forgets the others',
    'a timer for each waiter',
    'serves the newest first',
  ])('find out a limiter that has the bug: %s', async (bug) => {
    expect(await passes(bug)).toBe(false);
  });
});

/** Counts from a fixed beginning, so two bursts may meet at the border. */
class FixedWindow implements Limit {
  readonly capacity: number;
  readonly #windowMs: number;
  #window = 0;
  #used = 0;

  constructor(limit: number, windowMs: number) {
    this.capacity = limit;
    this.#windowMs = windowMs;
  }

  canTake(cost: number, now: number): boolean {
    return this.available(now) >= cost;
  }

  readyAt(cost: number, now: number): number {
    return this.canTake(cost, now) ? now : (this.#window + 1) * this.#windowMs;
  }

  take(cost: number): number {
    this.#used += cost;
    return this.#window;
  }

  settle(ticket: number, reserved: number, actual: number): void {
    if (ticket === this.#window) this.#used += actual - reserved;
  }

  refund(ticket: number, cost: number): void {
    this.settle(ticket, cost, 0);
  }

  available(now: number): number {
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) this.#used = 0;
    this.#window = window;
    return this.capacity - this.#used;
  }
}

/** Gives back all that was reserved, the time since included. */
class RefundBucket extends TokenBucket {
  override refund(_ticket: number, cost: number, now: number): void {
    super.refund(now, cost, now);
  }
}

/** A timer for more than 24.8 days fires at once. */
class OverflowingWindow extends SlidingWindow {
  constructor(limit: number, windowMs: number) {
    super({ limit, windowMs: windowMs > 2 ** 31 - 1 ? 1 : windowMs });
  }
}

/** A refused call is written down too. */
class PoisonedWindow extends SlidingWindow {
  override canTake(cost: number, now: number): boolean {
    const fits = super.canTake(cost, now);
    if (!fits) this.take(cost, now);
    return fits;
  }
}

function fails<T>(property: fc.IProperty<T>): boolean {
  return fc.check(property, { ...THOROUGH, endOnFailure: true }).failed;
}

describe('the properties of a limit', () => {
  it('find out a fixed window', () => {
    expect(fails(holdsInEveryWindow((limit, ms) => new FixedWindow(limit, ms)))).toBe(true);
  });

  it('find out a window that is longer than a timer can be', () => {
    const create = (limit: number, ms: number): Limit => new OverflowingWindow(limit, ms);
    expect(fails(holdsInEveryWindow(create))).toBe(false);
    expect(fails(holdsInEveryWindow(create, 30 * 86_400_000))).toBe(true);
  });

  it('find out a window that a refused call poisons', () => {
    const create = (): Limit => new PoisonedWindow({ limit: 12, windowMs: 100 });
    expect(fails(knowsWhenItIsReady(create))).toBe(true);
    expect(fails(knowsWhenItIsReady(() => new SlidingWindow({ limit: 12, windowMs: 100 })))).toBe(
      false,
    );
  });

  it('find out a bucket that is refunded in full', () => {
    const refill = (limit: number, periodMs: number, capacity: number): Limit =>
      new RefundBucket({ capacity, refill: limit, periodMs });
    expect(fails(holdsBurstAndRate(refill))).toBe(true);
  });

  it('find out a bucket in place of a ledger', () => {
    const create = (capacity: number, periodMs: number): Limit =>
      new TokenBucket({ capacity, periodMs });
    expect(fails(holdsInEveryWindow(create))).toBe(true);
  });
});

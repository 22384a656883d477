import {
  AttemptTimeoutError,
  BadRequestError,
  ConfigurationError,
  OverloadedError,
  RateLimitError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { BulkheadOutcome, BulkheadPermit } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency } from './adaptive-concurrency.ts';

const clock = new ManualClock();

function takeAll(bulkhead: AdaptiveConcurrency, most: number = Infinity): BulkheadPermit[] {
  const permits: BulkheadPermit[] = [];
  for (let left = most; left > 0; left -= 1) {
    const permit = bulkhead.tryAcquire();
    if (permit === undefined) return permits;
    permits.push(permit);
  }
  return permits;
}

/** Ends one call after another, each with all slots in use. */
function run(bulkhead: AdaptiveConcurrency, calls: number, outcome: BulkheadOutcome): void {
  for (let call = 0; call < calls; call += 1) {
    const permits = takeAll(bulkhead);
    permits.at(-1)?.release(outcome);
    for (const permit of permits) permit.release({ error: new BadRequestError('not counted') });
  }
}

describe('AdaptiveConcurrency', () => {
  it('grows by one for a success with half of the slots in use, and not below', () => {
    const bulkhead = new AdaptiveConcurrency({ initial: 4, clock });
    const [first, second] = takeAll(bulkhead, 2);
    second?.release();
    expect(bulkhead.limit).toBe(5);
    first?.release();
    expect(bulkhead.limit).toBe(5);
  });

  it.each([
    new RateLimitError('429'),
    new OverloadedError('503'),
    new AttemptTimeoutError('too slow'),
  ])('falls to nine tenths after %o', (error) => {
    const bulkhead = new AdaptiveConcurrency({ initial: 20, clock });
    bulkhead.tryAcquire()?.release({ error });
    expect(bulkhead.limit).toBe(18);
  });

  it('falls once for all that was in flight when it was too much', () => {
    const bulkhead = new AdaptiveConcurrency({ initial: 20, clock });
    const permits = takeAll(bulkhead);
    for (const permit of permits) permit.release({ error: new RateLimitError('429') });
    expect(bulkhead.limit).toBe(18);
    bulkhead.tryAcquire()?.release({ error: new RateLimitError('429') });
    expect(bulkhead.limit).toBe(16);
  });

  it('learns nothing from other errors, unless told what an overload is', () => {
    const usual = new AdaptiveConcurrency({ initial: 20, clock });
    for (const error of [new BadRequestError('400'), new Error('busy'), 'busy', null]) {
      usual.tryAcquire()?.release({ error });
    }
    expect(usual.limit).toBe(20);
    const isOverload = (error: unknown): boolean => error === 'busy';
    const own = new AdaptiveConcurrency({ initial: 20, clock, isOverload });
    own.tryAcquire()?.release({ error: 'busy' });
    expect(own.limit).toBe(18);
  });

  it('takes its slot back although the judgement of an error throws', () => {
    const isOverload = (): boolean => {
      throw new Error('cannot say');
    };
    const bulkhead = new AdaptiveConcurrency({ clock, isOverload });
    const permit = bulkhead.tryAcquire();
    expect(() => permit?.release({ error: 'any' })).toThrow('cannot say');
    expect(bulkhead.active).toBe(0);
  });

  it('serves who waits when it has grown', async () => {
    const bulkhead = new AdaptiveConcurrency({ initial: 1, clock });
    const first = await bulkhead.acquire();
    const waiting = [bulkhead.acquire(), bulkhead.acquire()];
    await Promise.resolve();
    expect(bulkhead.waiting).toBe(2);
    first.release();
    await Promise.all(waiting);
    expect([bulkhead.limit, bulkhead.active]).toEqual([2, 2]);
  });

  it('stays within its bounds, and never runs more than its limit, in either mode', () => {
    const outcomes = fc.array(
      fc.oneof(
        fc.record({ latencyMs: fc.double({ noNaN: false }) }),
        fc.constant({ error: new RateLimitError('429') }),
        fc.constant({}),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(outcomes, fc.constantFrom('aimd', 'gradient'), (script, mode) => {
        const bulkhead = new AdaptiveConcurrency({ mode, initial: 5, min: 2, max: 9, clock });
        for (const outcome of script) {
          const permits = takeAll(bulkhead);
          expect(bulkhead.active).toBeLessThanOrEqual(bulkhead.limit);
          expect(bulkhead.limit).toBeGreaterThanOrEqual(2);
          expect(bulkhead.limit).toBeLessThanOrEqual(9);
          for (const permit of permits) permit.release(outcome);
          expect(bulkhead.active).toBe(0);
        }
      }),
    );
  });

  describe('by gradient', () => {
    it('grows while answers come as fast as usual, to its bound', () => {
      const bulkhead = new AdaptiveConcurrency({ mode: 'gradient', initial: 5, max: 30, clock });
      run(bulkhead, 200, { latencyMs: 100 });
      expect(bulkhead.limit).toBe(30);
    });

    it('falls when answers begin to take longer, before anything fails', () => {
      const bulkhead = new AdaptiveConcurrency({ mode: 'gradient', initial: 50, clock });
      run(bulkhead, 100, { latencyMs: 100 });
      const before = bulkhead.limit;
      run(bulkhead, 20, { latencyMs: 1000 });
      expect(bulkhead.limit).toBeLessThan(before / 2);
    });

    it('learns that answers take longer for good', () => {
      const bulkhead = new AdaptiveConcurrency({ mode: 'gradient', initial: 50, max: 60, clock });
      run(bulkhead, 100, { latencyMs: 100 });
      run(bulkhead, 5000, { latencyMs: 1000 });
      expect(bulkhead.limit).toBe(60);
      run(bulkhead, 100, { latencyMs: 50 });
      expect(bulkhead.limit).toBe(60);
    });

    it('measures from taking to giving back what nobody measured', async () => {
      const time = new ManualClock();
      const bulkhead = new AdaptiveConcurrency({ mode: 'gradient', initial: 1, clock: time });
      const slowly = async (ms: number): Promise<void> => {
        const permits = takeAll(bulkhead);
        await time.advance(ms);
        permits.at(-1)?.release();
        for (const permit of permits) permit.release({ error: 'not counted' });
      };
      for (let call = 0; call < 50; call += 1) await slowly(10);
      const before = bulkhead.limit;
      for (let call = 0; call < 10; call += 1) await slowly(500);
      expect(before).toBeGreaterThan(10);
      expect(bulkhead.limit).toBeLessThan(before);
    });
  });

  it('begins with 20, or as near as its bounds allow', () => {
    expect(new AdaptiveConcurrency().limit).toBe(20);
    expect(new AdaptiveConcurrency({ max: 5 }).limit).toBe(5);
    expect(new AdaptiveConcurrency({ min: 300 }).limit).toBe(300);
  });

  it.each([
    ['min', { min: 0 }],
    ['max', { min: 5, max: 4 }],
    ['initial', { initial: 0 }],
    ['initial', { initial: 1.5 }],
    ['initial', { initial: 300 }],
    ['initial', { initial: 4, min: 5 }],
    ['maxQueue', { maxQueue: 0.5 }],
  ])('refuses a wrong %s: %o', (option, options) => {
    const create = (): unknown => new AdaptiveConcurrency(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\` must be`);
  });
});

import { ManualClock } from '@integrations/testing';
import type { Clock } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keepsItsPromises,
  REQUESTS,
  refusesImpossibleCosts,
  TOKENS,
} from './limiter-properties.test.support.ts';
import { createRateLimiter } from './rate-limiter.ts';

const limits = { requestsPerMinute: REQUESTS, tokensPerMinute: TOKENS };

/** A manual clock whose reading can be made to jump. */
function jumpingClock(): { clock: Clock; manual: ManualClock; jump: (ms: number) => void } {
  const manual = new ManualClock();
  let skew = 0;
  const clock: Clock = {
    now: () => manual.now() + skew,
    epoch: () => manual.epoch(),
    sleep: (ms, signal) => manual.sleep(ms, signal),
    schedule: (callback, ms) => manual.schedule(callback, ms),
  };
  return { clock, manual, jump: (ms) => (skew += ms) };
}

describe('createRateLimiter, whatever happens when', () => {
  it('keeps its limits, its order, its waiters and its one timer', async () => {
    await fc.assert(
      keepsItsPromises((clock) => createRateLimiter({ ...limits, clock })),
      { numRuns: 400 },
    );
  });

  it('does so with strict priorities, and with quick ageing', async () => {
    for (const ageing of [Infinity, 1000]) {
      await fc.assert(
        keepsItsPromises((clock) => createRateLimiter({ ...limits, clock, ageing })),
        { numRuns: 100 },
      );
    }
  });

  it('refuses what can never be', () => {
    fc.assert(refusesImpossibleCosts((clock) => createRateLimiter({ ...limits, clock })));
  });

  it('serves everybody although the clock jumps back and forth by up to 30 days', async () => {
    const jumps = fc.array(
      fc.record({
        ms: fc.integer({ min: -30 * 86_400_000, max: 30 * 86_400_000 }),
        asks: fc.nat({ max: 3 }),
      }),
      { maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(jumps, async (script) => {
        const { clock, manual, jump } = jumpingClock();
        const limiter = createRateLimiter({ ...limits, clock });
        let asked = 0;
        let served = 0;
        for (const { ms, asks } of script) {
          jump(ms);
          for (let ask = 0; ask < asks; ask += 1) {
            asked += 1;
            void limiter.acquire({ tokens: 5 }).then(() => (served += 1));
          }
          await manual.advance(1000);
        }
        await manual.advance((asked + 1) * 60_000);
        expect([served, manual.pending]).toEqual([asked, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('admits no more for having seen a response, until its reset', async () => {
    const figure = fc.option(fc.nat({ max: 40 }), { nil: undefined });
    const limit = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
    const observed = fc.record({ limit, remaining: figure });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(observed, fc.integer({ min: -5000, max: 0 }), fc.nat({ max: 5000 })), {
          maxLength: 8,
        }),
        async (script) => {
          const clock = new ManualClock({ start: 100_000 });
          const limiter = createRateLimiter({ ...limits, clock });
          for (const [{ limit, remaining }, age, ms] of script) {
            limiter.tryAcquire({ tokens: 1 });
            await clock.advance(ms);
            const before = limiter.available();
            const seen = {
              ...(limit === undefined ? {} : { limit }),
              ...(remaining === undefined ? {} : { remaining }),
            };
            const sentAt = clock.now() + age;
            limiter.updateLimits({ requests: seen, tokens: seen, sentAt });
            expect(limiter.available().requests).toBeLessThanOrEqual(before.requests);
            expect(limiter.available().tokens).toBeLessThanOrEqual(before.tokens);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('starves nobody: who waits rises', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), async (priority) => {
        const clock = new ManualClock();
        const limiter = createRateLimiter({ requestsPerMinute: 1, clock, ageing: 60_000 });
        limiter.tryAcquire();
        let servedAt = Infinity;
        void limiter.acquire().then(() => (servedAt = clock.now()));
        for (let minute = 0; minute < 10; minute += 1) {
          await clock.advance(60_000);
          void limiter.acquire({ priority });
        }
        expect(servedAt).toBeLessThanOrEqual((priority + 1) * 60_000);
      }),
      { numRuns: 5 },
    );
  });
});

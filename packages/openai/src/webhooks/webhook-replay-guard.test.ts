import { ConfigurationError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryReplayGuard } from './webhook-replay-guard.ts';

const LIFETIME_MS = 600_000;

describe('MemoryReplayGuard', () => {
  it('knows what came until it may be forgotten', async () => {
    const clock = new ManualClock();
    const guard = new MemoryReplayGuard({ clock });
    const until = clock.epoch() + LIFETIME_MS;
    expect(guard.firstSeen('a', until)).toBe(true);
    await clock.advance(LIFETIME_MS);
    expect(guard.firstSeen('a', until)).toBe(false);
    await clock.advance(1);
    expect(guard.firstSeen('a', until)).toBe(true);
  });

  it('forgets the oldest where there are too many', () => {
    const guard = new MemoryReplayGuard({ clock: new ManualClock(), most: 2 });
    const seen = ['a', 'b', 'c', 'b', 'a'].map((id) => guard.firstSeen(id, Infinity));
    expect(seen).toEqual([true, true, true, false, true]);
  });

  it('takes nothing twice that is within its limits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: LIFETIME_MS / 4 }))),
        async (arrivals) => {
          const clock = new ManualClock();
          const guard = new MemoryReplayGuard({ clock });
          const until = new Map<number, number>();
          for (const [id, wait] of arrivals) {
            await clock.advance(wait);
            const isNew = (until.get(id) ?? -1) < clock.epoch();
            if (isNew) until.set(id, clock.epoch() + LIFETIME_MS);
            expect(guard.firstSeen(String(id), clock.epoch() + LIFETIME_MS)).toBe(isNew);
          }
        },
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('remembers %d of them never', (most) => {
    expect(() => new MemoryReplayGuard({ most })).toThrow(ConfigurationError);
  });
});

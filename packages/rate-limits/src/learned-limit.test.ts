import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

describe('what the server states', () => {
  it('is as old as its request: what has left the window since is free', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 8, clock });
    for (let call = 0; call < 8; call += 1) limiter.tryAcquire();
    await clock.advance(59_900);
    const sentAt = clock.now();
    await clock.advance(200);
    limiter.updateLimits({ requests: { limit: 8, remaining: 0, resetMs: 100 }, sentAt });
    expect(limiter.available().requests).toBe(8);
  });

  it('holds back what others have used', () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 8, clock });
    limiter.updateLimits({ requests: { limit: 8, remaining: 3, resetMs: 100 }, sentAt: 0 });
    expect(limiter.available().requests).toBe(3);
  });
});

describe('margin', () => {
  it('is counted on top of the minute', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 1, margin: 250, clock });
    limiter.tryAcquire();
    await clock.advance(60_249);
    expect(limiter.tryAcquire()).toBeUndefined();
    await clock.advance(1);
    expect(limiter.tryAcquire()).toBeDefined();
  });
});

import { RateLimitError } from '@integrations/errors';
import { createOpenAIClient, type OpenAIClient } from '@integrations/openai';
import { createRateLimiter } from '@integrations/rate-limits';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { ManualClock } from '@integrations/testing';
import type { RateLimiter } from '@integrations/types';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAll } from './ask-all.ts';
import { shareOf } from './share-of.ts';

let simulator: Simulator;
let clients: OpenAIClient[];
let clock: ManualClock;

beforeEach(async () => {
  simulator = await createSimulator({ requestsPerMinute: 5, enforceRateLimits: true });
  clock = new ManualClock();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await simulator.close();
});

/** Two clients with one limiter. */
function share(rateLimit: RateLimiter): OpenAIClient[] {
  const options = { apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0, rateLimit };
  clients = [createOpenAIClient(options), createOpenAIClient({ ...options, timeout: '5m' })];
  return clients;
}

function statuses(): unknown[] {
  return simulator.requests.map(({ status }) => status);
}

describe('clients with one limiter', () => {
  it('stay within the limit together, and hold the rest back', async () => {
    const limiter = createRateLimiter({ requestsPerMinute: 5, maxWait: 1000, clock });
    expect(await askAll(share(limiter), 8)).toEqual({ answered: 5, heldBack: 3 });
    expect(statuses()).toEqual([200, 200, 200, 200, 200]);
  });

  it('wait for their turn, unless they are told not to', async () => {
    const limiter = createRateLimiter({ requestsPerMinute: 4, learning: 'ignore', clock });
    const asking = askAll(share(limiter), 5);
    await vi.waitFor(() => expect(statuses()).toEqual([200, 200, 200, 200]));
    expect(limiter.available().requests).toBe(0);
    await clock.advance(60_000);
    expect(await asking).toEqual({ answered: 5, heldBack: 0 });
    expect(statuses()).toHaveLength(5);
  });

  it('are both silent when one of them was told to be', async () => {
    const limiter = createRateLimiter({ clock });
    const [first, second] = share(limiter) as [OpenAIClient, OpenAIClient];
    simulator.inject({ times: 1, fault: { status: 429, retryAfter: 10 } });
    await expect(askAll([first], 1)).rejects.toBeInstanceOf(RateLimitError);
    expect(limiter.tryAcquire()).toBeUndefined();
    const asking = askAll([second], 1);
    await clock.advance(9_000);
    expect(limiter.tryAcquire()).toBeUndefined();
    expect(statuses()).toEqual([429]);
    await clock.advance(1_100);
    expect(await asking).toEqual({ answered: 1, heldBack: 0 });
  });

  it('tell of every other failure', async () => {
    const limiter = createRateLimiter({ requestsPerMinute: 5, clock });
    simulator.inject({ times: 1, fault: { status: 500 } });
    await expect(askAll(share(limiter), 2)).rejects.toMatchObject({ status: 500 });
  });
});

describe('shareOf', () => {
  it('gives the whole limit away, evenly', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 20 }), (limit, members) => {
        const shares = Array.from({ length: members }, (_, at) => shareOf(limit, members, at));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(limit);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import { stdout } from 'node:process';
import type { RateLimiterOptions } from '@integrations/rate-limits';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import {
  CountingProvider,
  drawCall,
  LimitedProcess,
  MINUTE,
  seededRandom,
  type Workload,
} from './simulated-day.test.support.ts';

const HOUR = 60 * MINUTE;
const TOKENS_PER_MINUTE = 400_000;
const REQUESTS_PER_MINUTE = 3000;

/** What a provider client allows for the network. */
const MARGIN_MS = 250;

/** Four applications behind one limiter. */
const CLIENTS: readonly (Workload & { readonly burst: number; readonly everyMs: number })[] = [
  // Questions about documents.
  { promptTokens: [1500, 4500], medianAnswer: 350, spread: 0.5, burst: 150, everyMs: 7 * MINUTE },
  // A batch that begins on the hour.
  { promptTokens: [1000, 2000], medianAnswer: 250, spread: 0.6, burst: 900, everyMs: HOUR },
  // Conversations.
  { promptTokens: [200, 2500], medianAnswer: 400, spread: 0.7, burst: 60, everyMs: 2 * MINUTE },
  // Labels of a word or two, many at a time.
  { promptTokens: [150, 400], medianAnswer: 12, spread: 0.3, burst: 700, everyMs: 15 * MINUTE },
];

/** Nights are quiet, and afternoons ask for more than there is. */
function busyness(now: number): number {
  const hour = (now / HOUR) % 24;
  return hour < 6 ? 0.2 : hour < 12 ? 0.9 : hour < 20 ? 1.5 : 0.6;
}

interface Day {
  readonly provider: CountingProvider;
  readonly process: LimitedProcess;
  /** Minutes in which somebody waited all the time, and the tokens served in them. */
  readonly fullMinutes: number;
  readonly tokensInFullMinutes: number;
}

async function live(hours: number, limits: RateLimiterOptions): Promise<Day> {
  const clock = new ManualClock();
  const random = seededRandom(1);
  const provider = new CountingProvider(clock, REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE);
  const process = new LimitedProcess(clock, provider, random, limits);
  const end = hours * HOUR;
  const clients = CLIENTS.map(async (client) => {
    await clock.sleep(random() * client.everyMs);
    while (clock.now() < end) {
      const calls = Math.round(client.burst * busyness(clock.now()) * (0.5 + random()));
      for (let call = 0; call < calls; call += 1) process.begin(drawCall(client, random));
      await clock.sleep(client.everyMs * (0.5 + random()));
    }
  });
  let fullMinutes = 0;
  let tokensInFullMinutes = 0;
  for (let minute = 0; minute < hours * 60; minute += 1) {
    const before = provider.tokensServed;
    let waitedAllTheTime = process.waiting > 0;
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1000);
      waitedAllTheTime &&= process.waiting > 0;
    }
    if (!waitedAllTheTime) continue;
    fullMinutes += 1;
    tokensInFullMinutes += provider.tokensServed - before;
  }
  await clock.runAll(1_000_000);
  await Promise.all(clients);
  return { provider, process, fullMinutes, tokensInFullMinutes };
}

/** @throws AssertionError unless the day used what it was allowed, and asked for hardly more. */
function expectWellUsed(day: Day): void {
  const { provider, process, fullMinutes, tokensInFullMinutes } = day;
  const used = tokensInFullMinutes / (fullMinutes * TOKENS_PER_MINUTE);
  const refused = provider.refused / provider.requests;
  stdout.write(
    `simulated day: ${provider.requests} requests, ${fullMinutes} minutes with demand beyond the limit, ` +
      `${(used * 100).toFixed(2)} % of the tokens allowed in them used, ` +
      `${provider.refused} requests (${(refused * 100).toFixed(3)} %) answered 429\n`,
  );
  expect(process.failures).toEqual([]);
  expect(process.answered).toBe(process.asked);
  expect(process.waiting).toBe(0);
  // There must have been hours at the limit, and hours below it.
  expect(fullMinutes).toBeGreaterThan(120);
  expect(fullMinutes).toBeLessThan(12 * 60);
  expect(used).toBeGreaterThanOrEqual(0.97);
  expect(refused).toBeLessThanOrEqual(0.001);
}

describe('a day of traffic through limits and retries', () => {
  const timeout = 120_000;

  it('uses what the provider allows, and asks for hardly more', { timeout }, async () => {
    const limits = {
      requestsPerMinute: REQUESTS_PER_MINUTE,
      tokensPerMinute: TOKENS_PER_MINUTE,
      learning: 'ignore',
      margin: MARGIN_MS,
    } as const;
    expectWellUsed(await live(24, limits));
  });

  it('does so too with limits that it learns', { timeout }, async () => {
    expectWellUsed(await live(24, { margin: MARGIN_MS }));
  });
});

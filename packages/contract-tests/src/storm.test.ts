import { stdout } from 'node:process';
import { createOpenAIClient, type OpenAIClientOptions } from '@integrations/openai';
import { RetryBudget } from '@integrations/retry';
import { createSimulator } from '@integrations/simulator';
import { ManualClock, MockHttpTransport } from '@integrations/testing';
import { systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { Crowd } from './storm.test.support.ts';

const CALLERS = 200;
const STORM_MS = 30_000;
const PACE_MS = 1000;

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' }],
};

interface Weather {
  readonly crowd: Crowd;
  /** When each request reached the server. */
  readonly reached: readonly number[];
  /** When the budget could pay for no retry any more. */
  readonly dryAt: number | undefined;
}

/** Everybody calls a server that answers 503 to all for 30 seconds. */
async function storm(options: OpenAIClientOptions): Promise<Weather> {
  const clock = new ManualClock();
  const reached: number[] = [];
  const transport = new MockHttpTransport({
    handler: async () => {
      const arrivedAt = clock.now();
      reached.push(arrivedAt);
      await clock.sleep(20);
      return arrivedAt < STORM_MS ? { status: 503 } : { json: ANSWER };
    },
  });
  const budget = new RetryBudget();
  let dryAt: number | undefined;
  const client = createOpenAIClient({
    apiKey: 'test-key',
    transport,
    clock,
    retry: {
      budget,
      onStop: ({ reason }) => {
        if (reason === 'budget') dryAt ??= clock.now();
      },
    },
    ...options,
  });
  const crowd = new Crowd({ client, clock, callers: CALLERS, paceMs: PACE_MS });
  const over = crowd.persist();
  await clock.runAll(1_000_000);
  await over;
  expect(clock.pending).toBe(0);
  return { crowd, reached, dryAt };
}

function between(moments: readonly number[], from: number, to: number): number {
  return moments.filter((moment) => moment >= from && moment < to).length;
}

describe('a storm of 30 seconds over 200 callers', () => {
  it('grows by a tenth at most once the retry budget is dry', async () => {
    const { crowd, reached, dryAt = Number.NaN } = await storm({ circuitBreaker: false });
    const own = between(
      crowd.calls.map(({ begunAt }) => begunAt),
      dryAt,
      STORM_MS,
    );
    const asked = between(reached, dryAt, STORM_MS);
    stdout.write(
      `storm without a breaker: budget dry after ${dryAt} ms, then ${own} calls made ${asked} requests (${((asked / own) * 100 - 100).toFixed(1)} % more)\n`,
    );
    expect(dryAt).toBeLessThan(2000);
    expect(own).toBeGreaterThan(CALLERS * 20);
    expect(asked).toBeLessThanOrEqual(own * 1.1);
    expect(crowd.servedAt).toHaveLength(CALLERS);
    expect(Math.max(...crowd.servedAt)).toBeLessThanOrEqual(STORM_MS + PACE_MS + 1000);
  });

  it.each<[string, OpenAIClientOptions, number]>([
    ['as it is by default', {}, 60_000],
    ['that probes every 5 seconds', { circuitBreaker: { openDuration: '5s' } }, 5000],
  ])('hardly reaches the server with a breaker %s', async (_name, options, probeMs) => {
    const { crowd, reached } = await storm(options);
    const own = between(
      crowd.calls.map(({ begunAt }) => begunAt),
      0,
      STORM_MS,
    );
    const asked = between(reached, 0, STORM_MS);
    const recovered = Math.max(...crowd.servedAt) - STORM_MS;
    stdout.write(
      `storm with a breaker (${probeMs} ms): ${own} calls made ${asked} requests, all served ${Math.round(recovered)} ms after the storm\n`,
    );
    expect(own).toBeGreaterThan(CALLERS * 20);
    expect(asked).toBeLessThan(own * 0.05);
    // A caller may come just before the probe that closes it, and again after its pace.
    expect(recovered).toBeLessThanOrEqual(probeMs + 2 * PACE_MS);
    expect(crowd.servedAt).toHaveLength(CALLERS);
    expect(crowd.calls.filter(({ succeeded }) => succeeded)).toHaveLength(CALLERS);
  });

  it('passes over sockets as well, and loses nobody', async () => {
    await using simulator = await createSimulator({ apiKeys: ['test-key'] });
    await using client = createOpenAIClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      circuitBreaker: { openDuration: 300 },
    });
    const clock = systemClock;
    simulator.inject({ forMs: 2000, fault: { status: 503 } });
    const crowd = new Crowd({ client, clock, callers: CALLERS, paceMs: 200 });
    await crowd.persist();
    const failed = simulator.requests.filter(({ status }) => status === 503).length;
    const refusedLocally = crowd.calls.filter(({ succeeded }) => !succeeded).length;
    stdout.write(
      `storm over sockets: ${crowd.calls.length} calls, ${failed} requests answered 503, ${simulator.requests.length} in all\n`,
    );
    expect(crowd.servedAt).toHaveLength(CALLERS);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(refusedLocally * 0.5);
    await client.close();
    await expect.poll(() => simulator.openSockets).toBe(0);
  });
});

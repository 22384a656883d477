import { QuotaExhaustedError, RateLimitError } from '@integrations/errors';
import type { Fault } from '@integrations/simulator';
import { ManualClock } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MistralClient } from './client.ts';
import { connect, failure, FAST, QUESTION, type Wired } from './hard-cases.test.support.ts';
import type { MistralClientOptions } from './options.ts';

const MINUTE_MS = 60_000;
const TEXT = { model: 'mistral-embed', input: 'a ledger' } as const;
const LARGE = { ...QUESTION, model: 'mistral-large-latest' } as const;

/** As it comes in practice: with a time to wait that changes nothing. */
const NO_REQUESTS: Fault = {
  status: 429,
  retryAfter: 1,
  headers: { 'x-ratelimit-limit-req-minute': '0', 'x-ratelimit-remaining-req-minute': '0' },
};
const NO_TOKENS: Fault = {
  status: 429,
  headers: { 'x-ratelimit-limit-tokens-minute': '0', 'x-ratelimit-remaining-tokens-minute': '0' },
};
const SPENT_MONTH: Fault = {
  status: 429,
  headers: { 'x-ratelimit-remaining-tokens-month': '0' },
};

let wired: Wired;

beforeAll(async () => {
  wired = await connect();
});

afterAll(() => wired[Symbol.asyncDispose]());

beforeEach(() => {
  wired.simulator.clearFaults();
  wired.simulator.clearRequests();
});

/** A client whose clock stands still: what comes does so without any wait. */
function stopped(options: MistralClientOptions = {}): {
  readonly clock: ManualClock;
  readonly client: MistralClient;
} {
  const clock = new ManualClock();
  const rateLimit = { margin: 0 };
  return { clock, client: wired.client({ clock, rateLimit, circuitBreaker: false, ...options }) };
}

describe('an allowance of nothing', () => {
  it.each<[string, Fault]>([
    ['of requests', NO_REQUESTS],
    ['of tokens', NO_TOKENS],
    ['for the rest of the month', SPENT_MONTH],
  ])('is told at once, and never asked for again: %s', async (_what, fault) => {
    const { client } = stopped();
    wired.simulator.inject({ fault });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(QuotaExhaustedError);
    expect(error).toMatchObject({ status: 429, retryable: false });
    expect(error).toMatchObject({ message: expect.stringContaining('limits of the workspace') });
    expect(wired.simulator.requests).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['of requests', NO_REQUESTS],
    ['of tokens', NO_TOKENS],
  ])(
    'makes no later call wait: it fails without being sent, for a minute: %s',
    async (_w, fault) => {
      const { client, clock } = stopped();
      const refused = wired.simulator.inject({ fault });
      await failure(client.chat.create(QUESTION));
      const later = [client.chat.create(QUESTION), client.chat.createStream(QUESTION)];
      for (const call of later) {
        expect(await failure(call)).toBeInstanceOf(QuotaExhaustedError);
      }
      expect(wired.simulator.requests).toHaveLength(1);
      await clock.advance(MINUTE_MS);
      await failure(client.chat.create(QUESTION));
      expect(wired.simulator.requests).toHaveLength(2);
      refused.remove();
      await clock.advance(MINUTE_MS);
      expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
      expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
    },
  );

  it('of one model leaves the others alone', async () => {
    const { client } = stopped();
    wired.simulator.inject({ match: { model: QUESTION.model }, fault: NO_REQUESTS });
    await failure(client.chat.create(QUESTION));
    expect((await client.chat.create(LARGE)).choices).toHaveLength(1);
    expect((await client.embeddings.create(TEXT)).data).toHaveLength(1);
    expect((await client.models.list()).data.length).toBeGreaterThan(0);
  });

  it('is told to those who wait already', async () => {
    const { client } = stopped({ rateLimit: { requestsPerMinute: 1 } });
    wired.simulator.inject({ fault: NO_REQUESTS });
    const calls = Array.from({ length: 3 }, () => failure(client.chat.create(QUESTION)));
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(QuotaExhaustedError);
    expect(wired.simulator.requests).toHaveLength(1);
  });

  it('is told by every call where limits are not heeded', async () => {
    const { client } = stopped({ rateLimit: false });
    wired.simulator.inject({ fault: NO_REQUESTS });
    for (let call = 0; call < 3; call += 1) {
      expect(await failure(client.chat.create(QUESTION))).toBeInstanceOf(QuotaExhaustedError);
    }
    expect(wired.simulator.requests).toHaveLength(3);
  });
});

describe('a budget that the answers state', () => {
  it.each<[string, Record<string, string>]>([
    ['requests', { 'x-ratelimit-limit-req-minute': '10', 'x-ratelimit-remaining-req-minute': '0' }],
    [
      'tokens',
      { 'x-ratelimit-limit-tokens-minute': '5000', 'x-ratelimit-remaining-tokens-minute': '3' },
    ],
    [
      'tokens, as older servers tell them',
      {
        'x-ratelimit-limit-tokens-minute': '',
        'x-ratelimit-remaining-tokens-minute': '',
        'x-ratelimitbysize-limit-minute': '5000',
        'x-ratelimitbysize-remaining-minute': '3',
      },
    ],
  ])('slows the client down before the server has to: %s', async (_what, headers) => {
    const { client, clock } = stopped();
    const { simulator } = wired;
    const told = simulator.inject({ times: 1, fault: { headers } });
    await client.chat.create(QUESTION);
    told.remove();
    const waiting = client.chat.create(QUESTION);
    await clock.advance(MINUTE_MS - 1);
    await simulator.waitForIdle();
    expect(simulator.requests).toHaveLength(1);
    await clock.advance(1);
    expect((await waiting).choices).toHaveLength(1);
    expect(simulator.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('is shared by the releases of a model, and by nobody else', async () => {
    const { client, clock } = stopped();
    const headers = {
      'x-ratelimit-limit-req-minute': '1',
      'x-ratelimit-remaining-req-minute': '0',
    };
    wired.simulator.inject({ times: 1, fault: { headers } });
    await client.chat.create(LARGE);
    const controller = new AbortController();
    const { signal } = controller;
    const dated = { ...LARGE, model: 'mistral-large-2411' };
    const waiting = failure(client.chat.create(dated, { signal }));
    await client.chat.create(QUESTION);
    await clock.advance(MINUTE_MS - 1);
    expect(wired.simulator.requests).toHaveLength(2);
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'aborted' });
    expect(wired.simulator.requests).toHaveLength(2);
  });
});

describe('`Retry-After`', () => {
  it.each([429, 503])('of a %d is how long the next attempt waits', async (status) => {
    const delays: number[] = [];
    const { client, clock } = stopped({
      retry: { ...FAST, onRetry: ({ delayMs }) => delays.push(delayMs) },
    });
    wired.simulator.inject({ times: 1, fault: { status, retryAfter: 7 } });
    const answer = client.chat.create(QUESTION);
    await expect.poll(() => delays).toHaveLength(1);
    await clock.advance(6999);
    await wired.simulator.waitForIdle();
    expect(wired.simulator.requests).toHaveLength(1);
    await clock.advance((delays[0] ?? 0) - 6999);
    expect((await answer).choices).toHaveLength(1);
    expect(wired.simulator.requests).toHaveLength(2);
  });

  it('of more than two minutes is told to the caller', async () => {
    const { client } = stopped();
    wired.simulator.inject({ fault: { status: 429, retryAfter: 3600 } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(wired.simulator.requests).toHaveLength(1);
  });
});

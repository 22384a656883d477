import { getEventListeners } from 'node:events';
import { UnexpectedContentTypeError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { ManualClock } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from './client.ts';
import { failure, QUESTION } from './resilience.test.support.ts';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator({ recordBodies: false });
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

describe('a web page with status 200', () => {
  const file = new File(['x'], 'x.wav');

  it.each<[string, () => PromiseLike<unknown>]>([
    ['a chat', () => client.chat.create(QUESTION)],
    ['a streamed chat', () => client.chat.createStream(QUESTION)],
    ['a list', () => client.models.list()],
    ['a raw request', () => client.get('/models')],
    ['speech', () => client.audio.speech.create({ model: 'tts-1', input: 'a', voice: 'alloy' })],
    [
      'a text',
      () =>
        client.audio.transcriptions.create({ model: 'whisper-1', file, response_format: 'text' }),
    ],
  ])('is no answer to %s, and is not asked for again', async (_what, call) => {
    simulator.inject({ fault: { html: true } });
    expect(await failure(call())).toBeInstanceOf(UnexpectedContentTypeError);
    expect(simulator.requests).toHaveLength(1);
  });
});

describe('a quota that is used up', () => {
  it('is told at once, however the call is made', async () => {
    simulator.inject({ fault: { status: 429, error: { code: 'insufficient_quota' } } });
    const calls = [
      client.chat.create(QUESTION),
      client.chat.createStream(QUESTION),
      client.get('/models'),
    ];
    for (const call of calls) {
      expect(await failure(call)).toMatchObject({ code: 'quota_exhausted', retryable: false });
    }
    expect(simulator.requests).toHaveLength(calls.length);
  });
});

describe('a model that thinks for long', () => {
  it('is waited for as long as `timeout` says, and no longer', async () => {
    const clock = new ManualClock();
    const minutes = [19, 21];
    const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
      await clock.sleep((minutes.shift() ?? 0) * 60_000, init?.signal ?? undefined);
      return Response.json({ choices: [] });
    };
    const options = { apiKey: 'k', fetch, clock, timeout: '20m', maxRetries: 0 } as const;
    await using slow = createOpenAIClient(options);
    const answered = slow.chat.create(QUESTION);
    await clock.advance(19 * 60_000);
    expect(await answered).toMatchObject({ choices: [] });
    const late = failure(slow.chat.create(QUESTION));
    await clock.advance(21 * 60_000);
    expect(await late).toMatchObject({ code: 'attempt_timeout' });
  });
});

describe('a signal that all calls of a program share', () => {
  it('has no listener left of 10,000 calls', async () => {
    const { baseURL } = simulator;
    await using unlimited = createOpenAIClient({ apiKey: 'k', baseURL, rateLimit: false });
    const { signal } = new AbortController();
    let left = 10_000;
    let most = 0;
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await unlimited.get('/models/gpt-4o', { signal });
        most = Math.max(most, getEventListeners(signal, 'abort').length);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(most).toBeLessThan(100);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

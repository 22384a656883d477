import { AuthenticationError, StreamTruncatedError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Chat,
  ChatStreams,
  createCaller,
  createStreamCaller,
  createMistralCore,
  Embeddings,
  Models,
  Classifiers,
} from './core.ts';
import type { MistralCoreOptions } from './mistral-core.ts';

const REQUEST = {
  model: 'mistral-small-latest',
  messages: [{ role: 'user', content: 'Hello' }],
} as const;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral', apiKeys: ['test-key'] });
});
beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});
afterAll(() => simulator.close());

function core(options: Partial<MistralCoreOptions> = {}): ReturnType<typeof createMistralCore> {
  return createMistralCore({ apiKey: 'test-key', baseURL: simulator.baseURL, ...options });
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let counted = 0;
  for await (const item of items) counted += item === undefined ? 0 : 1;
  return counted;
}

describe('a core', () => {
  it('answers', async () => {
    await using made = core();
    const answer = await new Chat(made.caller).create(REQUEST);
    expect(answer.choices[0]?.message.content).toEqual(expect.any(String));
    expect(simulator.requests[0]?.headers).toMatchObject({ 'user-agent': 'integrations-mistral' });
  });

  it('answers as it is written', async () => {
    await using made = core();
    const stream = await new ChatStreams(createStreamCaller(made.path)).createStream(REQUEST);
    expect(await count(stream)).toBeGreaterThan(1);
    expect(stream.tokenUsage?.outputTokens).toBeGreaterThan(0);
  });

  it('tells a stream that was cut from a whole one', async () => {
    simulator.inject({ fault: { cutAfterEvents: 2 } });
    await using made = core();
    const stream = await new ChatStreams(createStreamCaller(made.path)).createStream(REQUEST);
    await expect(count(stream)).rejects.toThrow(StreamTruncatedError);
  });

  it('tries again, as often as it is told', async () => {
    simulator.inject({ fault: { status: 503 }, times: 2 });
    await using made = core({ retry: { initialDelay: 1 } });
    await new Chat(made.caller).create(REQUEST);
    expect(simulator.requests.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it('tries three times again where it is told nothing', async () => {
    simulator.inject({ fault: { status: 503 } });
    await using made = core({ retry: { initialDelay: 1 } });
    await expect(new Chat(made.caller).create(REQUEST)).rejects.toThrow('503');
    expect(simulator.requests).toHaveLength(4);
  });

  it('throws the errors of the full client', async () => {
    await using made = core({ apiKey: 'wrong-key' });
    const chat = new Chat(made.caller);
    await expect(chat.create(REQUEST)).rejects.toThrow(AuthenticationError);
    await expect(chat.create({ ...REQUEST, messages: [] })).rejects.toThrow(ValidationError);
  });

  it('serves the resources that calls to models need, and the others with calls of every kind', async () => {
    await using made = core();
    const input = ['Hello'];
    const { data } = await new Embeddings(made.caller).create({
      model: 'mistral-embed',
      input,
    });
    expect(data).toHaveLength(1);
    await expect(
      new Classifiers(made.caller).moderate({ model: 'mistral-moderation-latest', input }),
    ).resolves.toBeDefined();
    const models = await new Models(createCaller(made.path)).list();
    expect(await count(models)).toBeGreaterThan(1);
  });
});

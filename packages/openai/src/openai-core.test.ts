import { inspect } from 'node:util';
import { AuthenticationError, StreamTruncatedError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Chat,
  ChatStreams,
  createCaller,
  createStreamCaller,
  createOpenAICore,
  Embeddings,
  Models,
  Moderations,
} from './core.ts';
import type { OpenAICoreOptions } from './openai-core.ts';

const REQUEST = { model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }] } as const;
const ORGANIZATION = 'org-quiet-meadow';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ apiKeys: ['test-key'] });
});
beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});
afterAll(() => simulator.close());

function core(options: Partial<OpenAICoreOptions> = {}): ReturnType<typeof createOpenAICore> {
  return createOpenAICore({ apiKey: 'test-key', baseURL: simulator.baseURL, ...options });
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let counted = 0;
  for await (const item of items) counted += item === undefined ? 0 : 1;
  return counted;
}

describe('a core', () => {
  it('answers, and tells for whose account', async () => {
    await using made = core({ organization: ORGANIZATION });
    const answer = await new Chat(made.caller).create(REQUEST);
    expect(answer.choices[0]?.message.content).toEqual(expect.any(String));
    expect(simulator.requests[0]?.headers).toMatchObject({ 'user-agent': 'integrations-openai' });
    expect(inspect(made, { depth: 9, showHidden: true })).not.toContain(ORGANIZATION);
  });

  it('answers as it is written', async () => {
    await using made = core();
    const stream = await new ChatStreams(createStreamCaller(made.path)).createStream(REQUEST);
    let text = '';
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
    expect(text).not.toBe('');
    expect(stream.tokenUsage).toBeUndefined();
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
      model: 'text-embedding-3-small',
      input,
    });
    expect(data).toHaveLength(1);
    await expect(new Moderations(made.caller).create({ input })).resolves.toBeDefined();
    const models = await new Models(createCaller(made.path)).list();
    expect(await count(models)).toBeGreaterThan(1);
  });
});

import OpenAI, {
  APIConnectionError,
  AuthenticationError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let client: OpenAI;
beforeAll(async () => {
  simulator = await createSimulator();
  client = new OpenAI({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
});
afterEach(() => simulator.clearFaults());
afterAll(() => simulator.close());

const question = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user' as const, content: 'What is a breaker?' }],
};

describe('the openai package', () => {
  it('chats', async () => {
    const { data, request_id } = await client.chat.completions.create(question).withResponse();
    expect(data.choices[0]?.message.content).toContain('breaker');
    expect(data.usage?.total_tokens).toBe(30);
    expect(request_id).toMatch(/^req_/);
  });

  it('streams the same text, with usage at the end', async () => {
    const whole = await client.chat.completions.create(question);
    const stream = await client.chat.completions.create({
      ...question,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(usage).toEqual(whole.usage);
  });

  it('accumulates a stream into a completion', async () => {
    const completion = await client.chat.completions
      .stream({ ...question, n: 2 })
      .finalChatCompletion();
    expect(completion.choices.map((choice) => choice.finish_reason)).toEqual(['stop', 'stop']);
    expect(completion.choices[1]?.message.content).toBe(completion.choices[0]?.message.content);
  });

  it('embeds, as floats and by way of base64', async () => {
    const request = { model: 'text-embedding-3-small', input: ['a text', 'another'] };
    const floats = await client.embeddings.create({ ...request, encoding_format: 'float' });
    const decoded = await client.embeddings.create(request);
    await simulator.waitForIdle();
    expect(simulator.requests.at(-1)?.body).toMatchObject({ encoding_format: 'base64' });
    expect(decoded.data.map(({ embedding }) => embedding)).toEqual(
      floats.data.map(({ embedding }) => embedding.map(Math.fround)),
    );
  });

  it('lists and retrieves models', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain('gpt-4o');
    expect(await client.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' });
  });

  it('throws its typed errors', async () => {
    const stranger = client.withOptions({ apiKey: 'invalid-key' });
    await expect(stranger.chat.completions.create(question)).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    await expect(
      client.chat.completions.create({ ...question, model: 'none' }),
    ).rejects.toMatchObject({
      constructor: NotFoundError,
      code: 'model_not_found',
      requestID: expect.stringMatching(/^req_/),
    });
    simulator.inject({ times: 1, fault: { status: 429, retryAfter: 1 } });
    await expect(client.chat.completions.create(question)).rejects.toBeInstanceOf(RateLimitError);
    simulator.inject({ times: 1, fault: { reset: 'beforeHeaders' } });
    await expect(client.chat.completions.create(question)).rejects.toBeInstanceOf(
      APIConnectionError,
    );
  });

  it('retries when it may', async () => {
    const injected = simulator.inject({ times: 2, fault: { status: 503, retryAfterMs: 1 } });
    const completion = await client.chat.completions.create(question, { maxRetries: 2 });
    expect(completion.object).toBe('chat.completion');
    expect(injected.hits).toBe(2);
  });

  it('throws the error of an error event', async () => {
    simulator.inject({
      times: 1,
      fault: { errorEvent: { afterEvents: 2, error: { code: 'rate_limit_exceeded' } } },
    });
    const stream = await client.chat.completions.create({ ...question, stream: true });
    const read = async (): Promise<number> => {
      let count = 0;
      for await (const chunk of stream) count += chunk.choices.length;
      return count;
    };
    await expect(read()).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
  });
});

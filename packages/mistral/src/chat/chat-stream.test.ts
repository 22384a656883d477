import {
  ProtocolError,
  RateLimitError,
  ServerError,
  StreamTruncatedError,
} from '@integrations/errors';
import { createSimulator, type Fault, type Simulator } from '@integrations/simulator';
import { TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { ChatStream } from './chat-stream.ts';
import { chunk, END, REQUEST, streamOf } from './chat-stream.test.support.ts';

const CALLING = {
  ...REQUEST,
  messages: [{ role: 'user', content: 'weather {"city":"Oslo"} and weather {"city":"Rome"}' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'weather',
        parameters: { type: 'object', properties: { city: { type: 'string' } } },
      },
    },
  ],
} as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

async function readAll(stream: ChatStream): Promise<{
  chunks: ChatCompletionChunk[];
  error: unknown;
}> {
  const chunks: ChatCompletionChunk[] = [];
  try {
    for await (const each of stream) chunks.push(each);
    return { chunks, error: undefined };
  } catch (error) {
    return { chunks, error };
  }
}

describe('chat.createStream', () => {
  it('streams, and puts the whole answer together', async () => {
    const stream = await client.chat.createStream(REQUEST);
    expect(simulator.requests[0]?.body).toEqual({ ...REQUEST, stream: true });
    const { chunks } = await readAll(stream);
    expect(chunks.length).toBeGreaterThan(2);
    const whole = await client.chat.create(REQUEST);
    const final = await stream.finalCompletion();
    expect(final.choices[0]).toEqual({
      index: 0,
      message: { role: 'assistant', content: whole.choices[0]?.message.content },
      finish_reason: 'stop',
    });
    expect(final).toMatchObject({ object: 'chat.completion', model: REQUEST.model });
    expect(await stream.finalContent()).toBe(whole.choices[0]?.message.content);
    expect(await stream.finalUsage()).toMatchObject({
      completion_tokens: whole.usage.completion_tokens,
    });
    expect(stream.tokenUsage?.outputTokens).toBe(whole.usage.completion_tokens);
  });

  it('keeps thoughts before the text, and out of it', async () => {
    const request = { ...REQUEST, prompt_mode: 'reasoning' } as const;
    const stream = await client.chat.createStream(request);
    const { content } = await stream.finalMessage();
    const whole = await client.chat.create(request);
    expect(content).toEqual([
      expect.objectContaining({
        type: 'thinking',
        thinking: [{ type: 'text', text: expect.stringContaining('I read the question') }],
      }),
      { type: 'text', text: expect.stringContaining('A ledger keeps every entry.') },
    ]);
    expect(textsIn(content)).toEqual(textsIn(whole.choices[0]?.message.content));
    expect(await stream.finalContent()).toBe(textsIn(content).at(-1));
  });

  it('has as many answers as were asked for', async () => {
    const stream = await client.chat.createStream({ ...REQUEST, n: 3 });
    const { choices } = await stream.finalCompletion();
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it.each(['tool_call_pieces', 'tool_call_nulls', 'none'])(
    'puts calls of tools together: %s',
    async (simulator_answer) => {
      const metadata = simulator_answer === 'none' ? {} : { simulator_answer };
      const stream = await client.chat.createStream({ ...CALLING, metadata });
      const { tool_calls: calls } = await stream.finalMessage();
      expect(calls?.map((call) => [call.function.name, call.function.arguments])).toEqual([
        ['weather', '{"city":"Oslo"}'],
        ['weather', '{"city":"Rome"}'],
      ]);
      for (const { id } of calls ?? []) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    },
  );

  it('keeps arguments that come as an object', async () => {
    const metadata = { simulator_answer: 'object_arguments' };
    const stream = await client.chat.createStream({ ...CALLING, metadata });
    const { tool_calls: calls } = await stream.finalMessage();
    expect(calls?.[0]?.function.arguments).toEqual({ city: 'Oslo' });
  });

  it('gives calls that never get an id the one that whole answers give them', async () => {
    const call = { index: 0, function: { name: 'weather', arguments: '{}' } };
    const stream = await streamOf([chunk({ tool_calls: [call] }), END, '[DONE]']);
    const { tool_calls: calls } = await stream.finalMessage();
    expect(calls).toEqual([
      { id: 'null', type: 'function', function: { name: 'weather', arguments: '{}' } },
    ]);
  });

  it('ends by the length of the context too', async () => {
    const metadata = { simulator_answer: 'model_length' };
    const stream = await client.chat.createStream({ ...REQUEST, metadata });
    const { choices } = await stream.finalCompletion();
    expect(choices[0]?.finish_reason).toBe('model_length');
  });

  it('tells what happens in it', async () => {
    const stream = await client.chat.createStream({ ...REQUEST, prompt_mode: 'reasoning' });
    const types: string[] = [];
    for await (const event of stream.events()) {
      if (event.type !== 'chunk' && event.type !== types.at(-1)) types.push(event.type);
    }
    expect(types).toEqual(['thinking.delta', 'thinking.done', 'content.delta', 'content.done']);
  });
});

function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  return (content as { text?: string; thinking?: { text: string }[] }[]).map(
    ({ text, thinking = [] }) => text ?? thinking.map((part) => part.text).join(''),
  );
}

describe('what telemetry knows of a stream', () => {
  it('has its tokens, and those from the cache', async () => {
    const tracer = new TestTracer();
    const usage = {
      prompt_tokens: 9,
      completion_tokens: 1,
      total_tokens: 10,
      prompt_tokens_details: { cached_tokens: 8 },
    };
    const last = chunk({}, { finish_reason: 'stop' }, { usage });
    const stream = await streamOf([chunk({ content: 'Hi' }), last, '[DONE]'], { tracer });
    await stream.finalCompletion();
    expect(tracer.spans[0]?.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 9,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.response.finish_reasons': ['stop'],
    });
  });
});

describe('a stream that does not end as it should', () => {
  it.each<[string, Fault]>([
    ['is cut between events', { cutAfterEvents: 2 }],
    ['is cut within an event', { cutMidEvent: 2 }],
  ])('%s', async (_what, fault) => {
    simulator.inject({ times: 1, fault });
    const stream = await client.chat.createStream(REQUEST);
    const { chunks, error } = await readAll(stream);
    expect(chunks).toHaveLength(2);
    expect(error).toBeInstanceOf(StreamTruncatedError);
    await expect(stream.finalCompletion()).rejects.toBe(error);
  });

  it.each([
    [{ object: 'error', message: 'Too much', type: 'rate_limited', code: '1300' }, RateLimitError],
    [{ object: 'Error', message: 'Broken', type: 'server_error', code: null }, ServerError],
  ])('carries an error: %j', async (body, type) => {
    const stream = await streamOf([chunk({ content: 'Hi' }), body]);
    const { chunks, error } = await readAll(stream);
    expect(chunks).toHaveLength(1);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message: expect.stringContaining(body.message) });
  });

  it('never says why the answer ended', async () => {
    const stream = await streamOf([chunk({ content: 'Hi' }), '[DONE]']);
    const error: unknown = await stream.finalCompletion().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ message: expect.stringContaining('mistral chat.create_stream') });
  });
});

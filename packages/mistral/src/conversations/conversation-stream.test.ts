import {
  AbortedError,
  BadRequestError,
  ConnectionError,
  InvalidJsonError,
  OverloadedError,
  ProtocolError,
  RateLimitError,
  ServerError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Fault, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestMetrics, TestTracer } from '@integrations/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { ConversationStream } from './conversation-stream.ts';
import type { OutputEntry } from './entry.ts';

const REQUEST = {
  model: 'mistral-small-latest',
  inputs: '[1] The ledger keeps old entries of the house.\n\nWhat does the ledger keep?',
} as const;
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;

let simulator: Simulator;
let client: MistralClient;
let metrics: TestMetrics;
let tracer: TestTracer;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});

afterAll(() => simulator.close());

beforeEach(() => {
  simulator.clearRequests();
  metrics = new TestMetrics();
  tracer = new TestTracer();
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    metrics,
    tracer,
    // One attempt each, and none refused: this is about how an attempt ends.
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
});

afterEach(async () => {
  simulator.clearFaults();
  await client.close();
  // Whatever went wrong, no connection is left behind.
  await vi.waitFor(() => {
    if (simulator.openSockets > 0) throw new Error(`${simulator.openSockets} connections are left`);
  });
});

interface Reading {
  readonly events: readonly ConversationEvent[];
  readonly error: unknown;
}

async function read(stream: ConversationStream): Promise<Reading> {
  const events: ConversationEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  return running.then(
    () => 'a result',
    (error: unknown) => error,
  );
}

async function openWith(fault: Fault): Promise<ConversationStream> {
  const injected = simulator.inject({ fault });
  const stream = await client.conversations.startStream(REQUEST);
  injected.remove();
  return stream;
}

/** An answer without what is never the same twice. */
function essence(outputs: readonly OutputEntry[]): object[] {
  return outputs.map((entry) => {
    const { id: _id, created_at: _at, completed_at: _done, ...rest } = entry;
    return 'tool_call_id' in rest ? { ...rest, tool_call_id: 'id' } : rest;
  });
}

describe('a stream of a conversation', () => {
  it('gives typed events, and puts together what they tell as they come', async () => {
    const stream = await client.conversations.startStream(REQUEST);
    expect(stream.conversationId).toBeUndefined();
    let text = '';
    const types = new Set<string>();
    for await (const event of stream) {
      types.add(event.type);
      if (event.type !== 'message.output.delta') continue;
      if (typeof event.content === 'string') text += event.content;
      expect(stream.outputText).toBe(text);
      expect(stream.outputs).toMatchObject([{ type: 'message.output', content: text }]);
    }
    expect([...types]).toEqual([
      'conversation.response.started',
      'message.output.delta',
      'conversation.response.done',
    ]);
    expect(text).toContain('old entries');
    const response = await stream.finalResponse();
    expect(response).toMatchObject({
      object: 'conversation.response',
      conversation_id: stream.conversationId,
      outputs: stream.outputs,
    });
    expect(stream.state).toBe('completed');
    expect(stream.tokenUsage).toEqual({
      inputTokens: response.usage.prompt_tokens,
      outputTokens: response.usage.completion_tokens,
    });
    expect(simulator.requests[0]).toMatchObject({ body: { ...REQUEST, stream: true } });
  });

  it.each<[string, object]>([
    ['text', {}],
    ['thoughts', { completion_args: { reasoning_effort: 'high' } }],
    [
      'calls of functions',
      { inputs: 'get_weather {"city": "Oslo"}, get_weather {"city": "Rome"}', tools: [WEATHER] },
    ],
    [
      'tools of the API',
      { inputs: 'Use web_search {"query": "moon"}', tools: [{ type: 'web_search' }] },
    ],
  ])('comes to what the same request gives whole: %s', async (_what, more) => {
    const whole = await client.conversations.start({ ...REQUEST, ...more });
    const stream = await client.conversations.startStream({ ...REQUEST, ...more });
    const { outputs, usage } = await stream.finalResponse();
    expect(essence(outputs)).toEqual(essence(whole.outputs));
    expect(usage).toEqual(whole.usage);
  });

  it('tells of handovers', async () => {
    const model = REQUEST.model;
    const { id } = await client.agents.create({ model, name: 'poet' });
    const guide = await client.agents.create({ model, name: 'guide', handoffs: [id] });
    const stream = await client.conversations.startStream({
      agent_id: guide.id,
      inputs: 'Ask the poet.',
    });
    const { outputs } = await stream.finalResponse();
    expect(outputs).toMatchObject([
      {
        type: 'agent.handoff',
        previous_agent_id: guide.id,
        previous_agent_name: 'guide',
        next_agent_id: id,
        next_agent_name: 'poet',
        completed_at: expect.any(String),
      },
      { type: 'message.output', agent_id: id },
    ]);
  });

  it('goes on, and begins anew', async () => {
    const first = await client.conversations.startStream({ ...REQUEST, inputs: 'Rex is brave.' });
    const { conversation_id: id, outputs } = await first.finalResponse();
    const next = await client.conversations.appendStream(id, { inputs: 'Who is brave?' });
    expect((await next.finalResponse()).conversation_id).toBe(id);
    expect(next.outputText).toContain('Rex is brave');
    const from = (await client.conversations.history(id)).entries[1]?.id ?? '';
    const anew = await client.conversations.restartStream(id, {
      from_entry_id: from,
      inputs: 'Who is brave?',
    });
    await anew.finalResponse();
    expect(anew.conversationId).not.toBe(id);
    expect(outputs).toHaveLength(1);
    const bodies = simulator.requests.filter(({ method }) => method === 'POST');
    expect(bodies.map(({ body }) => (body as { stream?: boolean }).stream)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is read once, and may be left', async () => {
    const stream = await client.conversations.startStream(REQUEST);
    for await (const event of stream) if (event.type === 'message.output.delta') break;
    expect(await failure(stream.finalResponse())).toBeInstanceOf(AbortedError);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ValidationError);
  });

  it('passes on events that are newer than this client', async () => {
    const data = '{"type":"message.sparkle","glitter":[1]}';
    const stream = await openWith({
      unknownEvent: { afterEvents: 2, event: 'message.sparkle', data },
    });
    const { events, error } = await read(stream);
    expect(error).toBeUndefined();
    expect(events[2]).toEqual(JSON.parse(data));
    expect((await stream.finalResponse()).outputs).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['a ping', 'ping', '{}'],
    ['what is no object', 'ping', 'null'],
    ['an end mark of another protocol', 'message', '[DONE]'],
  ])('passes over %s', async (_what, event, data) => {
    const stream = await openWith({ unknownEvent: { afterEvents: 2, event, data } });
    const { events, error } = await read(stream);
    expect(error).toBeUndefined();
    expect(events.at(-1)?.type).toBe('conversation.response.done');
  });

  it('is told by telemetry', async () => {
    const stream = await client.conversations.startStream({
      ...REQUEST,
      inputs: 'get_weather {"city":"Oslo"}',
      tools: [WEATHER],
      completion_args: { temperature: 0.5, max_tokens: 90 },
    });
    const { usage } = await stream.finalResponse();
    const span = tracer.spans.find(({ name }) => name === 'mistral.conversations.start_stream');
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': REQUEST.model,
      'gen_ai.response.model': REQUEST.model,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 90,
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': usage.prompt_tokens,
      'gen_ai.usage.output_tokens': usage.completion_tokens,
    });
  });
});

describe('a stream of a conversation that fails', () => {
  it.each<[string, Fault, abstract new (...args: never[]) => Error]>([
    ['is cut after an event', { cutAfterEvents: 3 }, StreamTruncatedError],
    ['is cut in an event', { cutMidEvent: 3 }, StreamTruncatedError],
    ['lacks its last event', { omitDone: true }, StreamTruncatedError],
    ['is reset', { resetAfterEvents: 3 }, ConnectionError],
    ['has an event that is no JSON', { malformedJson: 3 }, InvalidJsonError],
  ])('%s', async (_what, fault, type) => {
    const stream = await openWith(fault);
    const { events, error } = await read(stream);
    expect(error).toBeInstanceOf(type);
    expect(events[0]?.type).toBe('conversation.response.started');
    expect(await failure(stream.finalResponse())).toBe(error);
  });

  it.each<[string, string | number, abstract new (...args: never[]) => Error, boolean]>([
    ['a rate limit by its own code', '1300', RateLimitError, true],
    ['a rate limit by a status', 429, RateLimitError, true],
    ['too much work', '3505', OverloadedError, true],
    ['a fault of the server', 500, ServerError, true],
    ['a wrong request', 400, BadRequestError, false],
    ['anything else', 7, ServerError, true],
  ])('tells an error event: %s', async (_what, code, type, retryable) => {
    const error = { message: 'The thread is gone', code: String(code) };
    const stream = await openWith({ errorEvent: { afterEvents: 3, error } });
    const reading = await read(stream);
    expect(reading.events).toHaveLength(3);
    expect(reading.error).toBeInstanceOf(type);
    expect(reading.error).toMatchObject({
      retryable,
      apiCode: String(code),
      message: expect.stringContaining('mistral conversations.start_stream'),
    });
    expect((reading.error as Error).message).toContain('The thread is gone');
    expect(await failure(stream.finalResponse())).toBe(reading.error);
  });

  it('is tried again where its first event is an error', async () => {
    const patient = client.withOptions({ maxRetries: 1, retry: { initialDelay: 1 } });
    simulator.inject({
      fault: { errorEvent: { afterEvents: 0, error: { message: 'Busy', code: '503' } } },
      times: 1,
    });
    const stream = await patient.conversations.startStream(REQUEST);
    expect((await stream.finalResponse()).outputs).toHaveLength(1);
    expect(simulator.requests).toHaveLength(2);
  });
});

describe('a stream of a conversation from a server that is not strict', () => {
  /** What becomes of events that a server sends. */
  async function answerOf(...events: readonly string[]): Promise<ConversationStream> {
    const transport = new MockHttpTransport();
    const loose = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
    transport.stream([events.map((data) => `data: ${data}`).join('\n\n')]);
    return loose.conversations.startStream(REQUEST);
  }

  const STARTED = '{"type":"conversation.response.started","conversation_id":"conv_1"}';
  const DONE =
    '{"type":"conversation.response.done","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}';

  it('is whole without names of events, and without a last line break', async () => {
    const stream = await answerOf(
      STARTED,
      '{"type":"message.output.delta","id":"a","content":"Hi"}',
      DONE,
    );
    expect(await stream.finalResponse()).toEqual({
      object: 'conversation.response',
      conversation_id: 'conv_1',
      outputs: [
        { object: 'entry', type: 'message.output', id: 'a', role: 'assistant', content: 'Hi' },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    });
  });

  it('has no final response where nothing says which conversation it is', async () => {
    const stream = await answerOf(DONE);
    expect(await failure(stream.finalResponse())).toBeInstanceOf(ProtocolError);
  });
});

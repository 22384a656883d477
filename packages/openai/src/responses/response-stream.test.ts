import {
  AbortedError,
  BadRequestError,
  ConnectionError,
  type IntegrationError,
  InvalidJsonError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
} from '@integrations/errors';
import { createSimulator, type Fault, type Simulator } from '@integrations/simulator';
import { TestMetrics } from '@integrations/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { ResponseStream } from './response-stream.ts';

const PASSAGE = Array.from({ length: 12 }, (_, at) => `The ledger keeps entry number ${at}.`).join(
  ' ',
);
const REQUEST = {
  model: 'gpt-4o-mini',
  input: `[1] ${PASSAGE}\n\nWhat does the ledger keep?`,
} as const;

let simulator: Simulator;
let client: OpenAIClient;
let metrics: TestMetrics;

beforeAll(async () => {
  simulator = await createSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  simulator.clearRequests();
  metrics = new TestMetrics();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    metrics,
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
  readonly events: readonly ResponseStreamEvent[];
  readonly error: unknown;
}

async function read(stream: ResponseStream): Promise<Reading> {
  const events: ResponseStreamEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

async function openWith(fault: Fault, request: object = {}, options = {}): Promise<ResponseStream> {
  const injected = simulator.inject({ fault });
  const stream = await client.responses.createStream({ ...REQUEST, ...request }, options);
  injected.remove();
  return stream;
}

function typesOf({ events }: Reading): string[] {
  return events.map(({ type }) => type);
}

describe('a stream of a response', () => {
  it('gives numbered events, and puts together what they tell as they come', async () => {
    const stream = await client.responses.createStream(REQUEST);
    let text = '';
    let at = 0;
    for await (const event of stream) {
      expect(event.sequence_number).toBe(at);
      expect(stream.lastSequenceNumber).toBe(at);
      at += 1;
      if (event.type === 'response.output_text.delta') {
        text += event.delta;
        expect(stream.outputText).toBe(text);
        expect(stream.currentResponse?.output_text).toBe(text);
      }
    }
    const response = await stream.finalResponse();
    expect(response.output_text).toBe(text);
    expect(response.status).toBe('completed');
    expect(stream.currentResponse).toEqual(response);
    expect(stream.responseId).toBe(response.id);
    expect(stream.state).toBe('completed');
    expect(stream.tokenUsage).toEqual({
      inputTokens: response.usage?.input_tokens,
      outputTokens: response.usage?.output_tokens,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 0,
      reasoningOutputTokens: 0,
    });
  });

  it('puts function calls, custom tools and thoughts together before they are done', async () => {
    const stream = await client.responses.createStream({
      model: 'gpt-4o-mini',
      input: 'Use get_weather {"city": "Oslo", "days": 2} and then note "buy some milk"',
      reasoning: { summary: 'auto' },
      tools: [
        { type: 'function', name: 'get_weather', parameters: {}, strict: false },
        { type: 'custom', name: 'note' },
      ],
    });
    const seen = new Set<unknown>();
    for await (const event of stream) {
      if (!event.type.endsWith('.delta')) continue;
      for (const item of stream.output) {
        if (item.type === 'function_call') seen.add(item.arguments);
        if (item.type === 'custom_tool_call') seen.add(item.input);
        if (item.type === 'reasoning') seen.add(item.summary[0]?.text.split(' ').length);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['{"city', 'buy', 'buy some', 1, 2, 3]));
    const { output } = await stream.finalResponse();
    expect(output).toMatchObject([
      { type: 'reasoning' },
      { type: 'function_call', arguments: '{"city": "Oslo", "days": 2}' },
      { type: 'custom_tool_call', input: 'buy some milk' },
    ]);
    expect(stream.output).toEqual(output);
  });

  it('is whole without an end mark: its last event ends it', async () => {
    const stream = await client.responses.createStream(REQUEST);
    const reading = await read(stream);
    expect(typesOf(reading).at(-1)).toBe('response.completed');
    expect(reading.error).toBeUndefined();
  });

  it('uses one connection for streams that follow each other', async () => {
    for (let round = 0; round < 5; round += 1) {
      await (await client.responses.createStream(REQUEST)).finalResponse();
    }
    expect(simulator.openSockets).toBeLessThanOrEqual(2);
  });

  it.each<[string, string]>([
    ['an unknown event', '{"type":"response.sparkle","glitter":[1]}'],
    ['an unknown event named like a member of every object', '{"type":"constructor"}'],
  ])('passes on %s', async (_what, data) => {
    const unknownEvent = { afterEvents: 3, event: 'response.sparkle', data };
    const stream = await openWith({ unknownEvent });
    const { events, error } = await read(stream);
    expect(error).toBeUndefined();
    expect(events[3]).toEqual(JSON.parse(data));
    expect((await stream.finalResponse()).status).toBe('completed');
  });

  it.each<[string, string, string]>([
    ['keepalive', 'keepalive', '{"type":"keepalive","sequence_number":99}'],
    ['a ping', 'ping', '{}'],
    ['what is no object', 'ping', 'null'],
    ['an early end mark', 'message', '[DONE]'],
  ])('passes over %s', async (_what, event, data) => {
    const stream = await openWith({ unknownEvent: { afterEvents: 3, event, data } });
    const reading = await read(stream);
    expect(typesOf(reading)).not.toContain('keepalive');
    expect(reading.events.map(({ sequence_number: number }) => number)).toEqual(
      reading.events.map((_event, at) => at),
    );
    expect(reading.error).toBeUndefined();
  });
});

describe('an end that is not completed', () => {
  it.each<[string, string]>([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ])('is a result where the answer is incomplete: %s', async (answer, reason) => {
    const stream = await client.responses.createStream({
      ...REQUEST,
      metadata: { simulator_answer: answer },
    });
    const reading = await read(stream);
    expect(typesOf(reading).at(-1)).toBe('response.incomplete');
    expect(reading.error).toBeUndefined();
    const response = await stream.finalResponse();
    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason } });
    expect(stream.state).toBe('completed');
  });

  it.each<[string, new (message: string) => IntegrationError, boolean]>([
    ['server_error', ServerError, true],
    ['rate_limit_exceeded', RateLimitError, true],
    ['invalid_prompt', BadRequestError, false],
  ])('is a typed error where the response failed: %s', async (code, Expected, retryable) => {
    const stream = await client.responses.createStream({
      ...REQUEST,
      metadata: { simulator_failure: code },
    });
    const reading = await read(stream);
    expect(typesOf(reading).at(-1)).toBe('response.failed');
    expect(reading.error).toBeInstanceOf(Expected);
    expect(reading.error).toMatchObject({ apiCode: code, retryable, requestId: stream.requestId });
    await expect(stream.finalResponse()).rejects.toBe(reading.error);
    expect(stream.currentResponse?.status).toBe('failed');
    expect(stream.state).toBe('errored');
  });

  it.each<[string, Fault, new (message: string) => Error, number]>([
    ['cut between events', { cutAfterEvents: 5 }, StreamTruncatedError, 5],
    ['cut within an event', { cutMidEvent: 5 }, StreamTruncatedError, 5],
    ['reset', { resetAfterEvents: 5 }, ConnectionError, 5],
    ['an event that is no JSON', { malformedJson: 6 }, InvalidJsonError, 5],
    ['an error', { errorEvent: { afterEvents: 5 } }, ServerError, 5],
    [
      'a rate limit',
      { errorEvent: { afterEvents: 5, error: { code: 'rate_limit_exceeded' } } },
      RateLimitError,
      5,
    ],
    [
      'an empty account',
      { errorEvent: { afterEvents: 5, error: { code: 'insufficient_quota' } } },
      QuotaExhaustedError,
      5,
    ],
    [
      'a prompt that is too long',
      { errorEvent: { afterEvents: 5, error: { code: 'context_length_exceeded' } } },
      BadRequestError,
      5,
    ],
  ])('is a typed error, never a result: %s', async (_what, fault, Expected, count) => {
    const stream = await openWith(fault);
    const { events, error } = await read(stream);
    expect(error).toBeInstanceOf(Expected);
    expect(events).toHaveLength(count);
    await expect(stream.finalResponse()).rejects.toBe(error);
    expect(stream.currentResponse?.status).toBe('in_progress');
  });

  it('is a typed error where all has come but the last event', async () => {
    const stream = await openWith({ omitDone: true });
    const reading = await read(stream);
    expect(typesOf(reading).at(-1)).toBe('response.output_item.done');
    expect(reading.error).toBeInstanceOf(StreamTruncatedError);
    await expect(stream.finalResponse()).rejects.toBe(reading.error);
  });

  it.each<[string, string]>([
    ['flat', '{"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":null}'],
    [
      'nested',
      '{"type":"error","error":{"type":"requests","code":"rate_limit_exceeded","message":"Slow down.","param":null}}',
    ],
    ['without a type', '{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}'],
    ['of the error itself', '{"type":"rate_limit_error","message":"Slow down."}'],
  ])('is the same typed error however it is written: %s', async (_how, data) => {
    const stream = await openWith({ unknownEvent: { afterEvents: 3, event: 'error', data } });
    const { events, error } = await read(stream);
    expect(events).toHaveLength(3);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toHaveProperty('message', expect.stringContaining('Slow down.'));
    expect((error as RateLimitError).type).not.toBe('error');
  });

  it('is counted, with the tokens that the events tell of', async () => {
    const stream = await openWith({ cutAfterEvents: 7 });
    await read(stream);
    expect(metrics.value('openai_usage_total', { state: 'estimated' })).toBe(1);
  });

  it('waits no longer than the idle timeout, which keep-alives do not feed', async () => {
    const stream = await openWith(
      { stallAfterEvents: 3, keepAliveCommentsMs: 5 },
      {},
      { streamIdleTimeout: 60 },
    );
    expect((await read(stream)).error).toBeInstanceOf(StreamIdleTimeoutError);
  });

  it('is an abort where the caller leaves', async () => {
    const controller = new AbortController();
    const stream = await openWith({ stallAfterEvents: 3 }, {}, { signal: controller.signal });
    const reading = read(stream);
    controller.abort();
    expect((await reading).error).toBeInstanceOf(AbortedError);
    await expect(stream.finalResponse()).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('a stream that was cut', () => {
  it('goes on behind the last event, and is whole in the end', async () => {
    const cut = await openWith({ cutAfterEvents: 9 }, { background: true });
    const first = await read(cut);
    expect(first.error).toBeInstanceOf(StreamTruncatedError);
    const id = cut.responseId ?? '';
    const resumed = await client.responses.retrieve(id, {
      stream: true,
      starting_after: cut.lastSequenceNumber,
    });
    const second = await read(resumed);
    expect(second.error).toBeUndefined();
    const numbers = [...first.events, ...second.events].map((event) => event.sequence_number);
    expect(numbers).toEqual(numbers.map((_number, at) => at));
    const response = await resumed.finalResponse();
    expect(response).toMatchObject({ id, status: 'completed' });
    expect(response.output_text).toContain('The ledger keeps entry number');
    expect(resumed.tokenUsage?.outputTokens).toBe(response.usage?.output_tokens);
    expect(resumed.lastSequenceNumber).toBe(numbers.length - 1);
  });

  it('is refused where there is nothing to take up', async () => {
    const { id } = await client.responses.create(REQUEST);
    const call = client.responses.retrieve(id, { stream: true });
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
  });
});

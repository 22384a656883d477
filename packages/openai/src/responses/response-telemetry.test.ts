import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestMetrics, type TestSpan, TestTracer } from '@integrations/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const MODEL = 'gpt-5-mini';
const REQUEST = {
  model: MODEL,
  input: 'What is a ledger?',
  max_output_tokens: 500,
  reasoning: { summary: 'auto' },
} as const;

let simulator: Simulator;
let client: OpenAIClient;
let tracer: TestTracer;
let metrics: TestMetrics;

beforeAll(async () => {
  simulator = await createSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  tracer = new TestTracer();
  metrics = new TestMetrics();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, tracer, metrics });
});

afterEach(() => client.close());

function root(): TestSpan | undefined {
  return tracer.spans.findLast((span) => span.parent === undefined);
}

describe('the telemetry of responses', () => {
  it('tells of a call to a model, with the thoughts among its tokens', async () => {
    const conversation = await client.conversations.create();
    const { id, usage } = await client.responses.create({
      ...REQUEST,
      conversation: conversation.id,
    });
    expect(root()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.request.max_tokens': 500,
      'gen_ai.conversation.id': conversation.id,
      'gen_ai.response.id': id,
      'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': usage?.input_tokens,
      'gen_ai.usage.output_tokens': usage?.output_tokens,
      'gen_ai.usage.reasoning.output_tokens': usage?.output_tokens_details.reasoning_tokens,
      'openai.api.type': 'responses',
    });
    expect(usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  });

  it('tells the same of a stream', async () => {
    const stream = await client.responses.createStream(REQUEST);
    const { id, usage } = await stream.finalResponse();
    expect(root()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.id': id,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.output_tokens': usage?.output_tokens,
    });
    expect(metrics.value('openai_tokens_total', { type: 'completion' })).toBe(usage?.output_tokens);
  });

  it('counts the tokens of a response once, however often it is looked at', async () => {
    const { id, usage } = await client.responses.create(REQUEST);
    await client.responses.retrieve(id);
    expect(metrics.value('openai_tokens_total', { type: 'completion' })).toBe(usage?.output_tokens);
  });

  it('tells of a response that failed as of a call that did', async () => {
    const metadata = { simulator_failure: 'server_error' };
    const stream = await client.responses.createStream({ ...REQUEST, metadata });
    await expect(stream.finalResponse()).rejects.toThrow('The model failed to answer');
    expect(root()).toMatchObject({ status: 'error', ended: true });
    expect(metrics.value('openai_requests_total', { status: 'error' })).toBe(1);
  });
});

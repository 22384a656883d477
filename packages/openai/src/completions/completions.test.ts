import { ProtocolError, StreamTruncatedError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { Completion } from './completion.ts';
import type { CompletionStream } from './completion-stream.ts';

const REQUEST = {
  model: 'gpt-3.5-turbo-instruct',
  prompt: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?',
} as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
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

describe('completions.create', () => {
  it('streams or not as the request says, in types and in fact', async () => {
    const request = { ...REQUEST, n: 2, stream_options: { include_usage: true } };
    const whole = await client.completions.create(REQUEST);
    const stream = await client.completions.create({ ...request, stream: true });
    expectTypeOf(whole).toExtend<Completion>();
    expectTypeOf(stream).toEqualTypeOf<CompletionStream>();
    expect(whole.choices[0]?.text).toContain('A ledger keeps every entry.');
    const final = await stream.finalCompletion();
    expect(final.choices.map(({ text }) => text)).toEqual(Array(2).fill(whole.choices[0]?.text));
    expect(final.usage?.total_tokens).toBe(stream.tokenUsage && sum(stream.tokenUsage));
  });

  it('tells a stream that was cut', async () => {
    simulator.inject({ fault: { cutAfterEvents: 2 } });
    const stream = await client.completions.create({ ...REQUEST, stream: true });
    await expect(stream.finalCompletion()).rejects.toBeInstanceOf(StreamTruncatedError);
  });

  it('tells a stream whose text never ended', async () => {
    const piece = { choices: [{ index: 0, text: 'a', logprobs: null, finish_reason: null }] };
    const transport = new MockHttpTransport().stream(
      [JSON.stringify(piece), '[DONE]'].map((data) => `data: ${data}\n\n`),
    );
    await using other = createOpenAIClient({ apiKey: 'test-key', transport });
    const stream = await other.completions.create({ ...REQUEST, stream: true });
    await expect(stream.finalCompletion()).rejects.toBeInstanceOf(ProtocolError);
  });

  it('tells telemetry what was asked and answered', async () => {
    const tracer = new TestTracer();
    await using observed = createOpenAIClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      tracer,
    });
    await observed.completions.create({ ...REQUEST, max_tokens: 3 });
    expect(tracer.spans[0]?.attributes).toMatchObject({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.request.max_tokens': 3,
      'gen_ai.response.finish_reasons': ['length'],
      'gen_ai.usage.output_tokens': 3,
    });
  });

  it.each([
    [{ ...REQUEST, model: '' }, 'model'],
    [{ model: REQUEST.model }, 'prompt'],
    [{ ...REQUEST, prompt: [[]] }, 'prompt'],
    [{ ...REQUEST, n: 0 }, 'n'],
    [{ ...REQUEST, best_of: 21 }, 'best_of'],
    [{ ...REQUEST, logprobs: 6 }, 'logprobs'],
    [{ ...REQUEST, temperature: 3 }, 'temperature'],
    [undefined, ''],
  ])('sends nothing for %#', async (request, path) => {
    const error: unknown = await client.completions
      .create(request as typeof REQUEST)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });
});

function sum({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }): number {
  return inputTokens + outputTokens;
}

import { BadRequestError, StreamTruncatedError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestTracer } from '@integrations/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';

const REQUEST = {
  model: 'codestral-latest',
  prompt: 'function add(a, b) {\n',
  suffix: '\n}',
} as const;

let simulator: Simulator;
let client: MistralClient;
let tracer: TestTracer;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});

afterAll(() => simulator.close());

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
  tracer = new TestTracer();
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    tracer,
  });
});

afterEach(() => client.close());

describe('fim.create', () => {
  it('fills the gap, and sends the request as it was given', async () => {
    const request = { ...REQUEST, max_tokens: 50, min_tokens: 0, random_seed: 1, stop: null };
    const { choices, object } = await client.fim.create(request);
    expect(object).toBe('chat.completion');
    expect(choices[0]?.message.content).toEqual(expect.any(String));
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/fim/completions' });
    expect(simulator.requests[0]?.body).toEqual(request);
  });

  it('is told to telemetry', async () => {
    const { usage } = await client.fim.create({ ...REQUEST, max_tokens: 50, random_seed: 3 });
    expect(tracer.spans[0]?.attributes).toMatchObject({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.request.model': REQUEST.model,
      'gen_ai.request.max_tokens': 50,
      'gen_ai.request.seed': 3,
      'gen_ai.usage.output_tokens': usage.completion_tokens,
    });
  });

  it.each([
    [{ prompt: 'a' }, 'model'],
    [{ model: '', prompt: 'a' }, 'model'],
    [{ model: 'm' }, 'prompt'],
    [{ ...REQUEST, suffix: 3 }, 'suffix'],
    [{ ...REQUEST, min_tokens: -1 }, 'min_tokens'],
    [{ ...REQUEST, max_tokens: 1.5 }, 'max_tokens'],
    [{ ...REQUEST, temperature: 2 }, 'temperature'],
    [undefined, 'model'],
  ])('sends nothing for %#', async (request, path) => {
    const call = client.fim.create(request as typeof REQUEST);
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map((issue) => issue.path)).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it('tells of models that fill no gaps', async () => {
    const call = client.fim.create({ ...REQUEST, model: 'mistral-embed' });
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe('fim.createStream', () => {
  it('streams what `create` gives', async () => {
    const stream = await client.fim.createStream(REQUEST);
    expect(simulator.requests[0]?.body).toEqual({ ...REQUEST, stream: true });
    const whole = await client.fim.create(REQUEST);
    expect(await stream.finalContent()).toBe(whole.choices[0]?.message.content);
    expect(await stream.finalUsage()).toMatchObject({
      completion_tokens: whole.usage.completion_tokens,
    });
  });

  it('names itself where the stream is cut', async () => {
    simulator.inject({ times: 1, fault: { cutAfterEvents: 1 } });
    const stream = await client.fim.createStream(REQUEST);
    const error: unknown = await stream.finalCompletion().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StreamTruncatedError);
    expect(error).toMatchObject({ message: expect.stringContaining('mistral fim.create_stream') });
  });
});

import { BadRequestError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';

const MODERATION = 'mistral-moderation-latest';
const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

function user(content: string): { readonly role: 'user'; readonly content: string } {
  return { role: 'user', content };
}

describe('classifiers.moderate', () => {
  it('judges each text by itself', async () => {
    const request = { model: MODERATION, input: ['good morning', 'you idiot'], metadata: { a: 1 } };
    const { results, model, usage } = await client.classifiers.moderate(request);
    expect(simulator.requests[0]).toMatchObject({ path: '/v1/moderations', body: request });
    expect(model).toBe(MODERATION);
    expect(usage?.prompt_tokens).toBeGreaterThan(0);
    const flags = results.map(({ categories }) => categories?.['hate_and_discrimination']);
    expect(flags).toEqual([false, true]);
    expect(results[1]?.category_scores?.['hate_and_discrimination']).toBeGreaterThan(0.5);
  });

  it('judges one text', async () => {
    const { results } = await client.classifiers.moderate({ model: MODERATION, input: 'good' });
    expect(results).toHaveLength(1);
  });
});

describe('classifiers.moderateChat', () => {
  it.each([
    [1, [user('you idiot')]],
    [2, [[user('good morning')], [user('good morning'), user('you idiot')]]],
  ])('judges the last turns of %i conversations', async (count, input) => {
    const request = { model: MODERATION, input };
    const { results } = await client.classifiers.moderateChat(request);
    expect(simulator.requests[0]).toMatchObject({ path: '/v1/chat/moderations', body: request });
    expect(results).toHaveLength(count);
    expect(results.at(-1)?.categories?.['hate_and_discrimination']).toBe(true);
  });
});

describe('classifiers.classify', () => {
  it('gives the scores of each text, by target and class', async () => {
    const request = { model: CLASSIFIER, input: ['so good', 'so bad'] };
    const { results } = await client.classifiers.classify(request);
    expect(simulator.requests[0]).toMatchObject({ path: '/v1/classifications', body: request });
    const scores = results.map(({ sentiment }) => sentiment?.scores['positive'] ?? 0);
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
  });
});

describe('classifiers.classifyChat', () => {
  it.each([
    [1, { messages: [user('so good')] }],
    [2, [{ messages: [user('so bad')] }, { messages: [user('so good')] }]],
  ])('gives the scores of %i conversations', async (count, input) => {
    const request = { model: CLASSIFIER, input };
    const { results } = await client.classifiers.classifyChat(request);
    expect(simulator.requests[0]).toMatchObject({
      path: '/v1/chat/classifications',
      body: request,
    });
    expect(results).toHaveLength(count);
    expect(results.at(-1)?.['sentiment']?.scores['positive']).toBeGreaterThan(0.5);
  });
});

describe('classifiers', () => {
  it.each([
    ['moderate', { input: 'x' }, 'model'],
    ['moderate', { model: '', input: 'x' }, 'model'],
    ['moderate', { model: MODERATION }, 'input'],
    ['moderate', { model: MODERATION, input: [] }, 'input'],
    ['classify', { model: MODERATION, input: [7] }, 'input'],
    ['moderateChat', { model: MODERATION, input: 'x' }, 'input'],
    ['moderateChat', { model: MODERATION, input: [] }, 'input'],
    ['moderateChat', { model: MODERATION, input: [{}] }, 'input'],
    ['classifyChat', { model: MODERATION, input: [] }, 'input'],
    ['classifyChat', { model: MODERATION, input: { messages: [] } }, 'input'],
    ['classify', undefined, ''],
  ] as const)('%s sends nothing that cannot be right: %j', async (method, request, path) => {
    const error: unknown = await client.classifiers[method](request as never).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).message).toMatch(/^mistral classifiers\.\w+: /);
    expect((error as ValidationError).issues[0]?.path).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it('say what the API says of a model that judges nothing', async () => {
    const failing = client.classifiers.moderate({ model: 'mistral-small-latest', input: 'x' });
    await expect(failing).rejects.toBeInstanceOf(BadRequestError);
    await expect(failing).rejects.toMatchObject({ status: 400, apiCode: '1500' });
  });

  it.each([
    ['moderate', 'moderation', { input: 'you' }],
    ['classifyChat', 'classification', { input: { messages: [user('so good')] } }],
  ] as const)('tell telemetry what %s was', async (method, operation, { input }) => {
    const tracer = new TestTracer();
    await using traced = client.withOptions({ tracer });
    const model = method === 'moderate' ? MODERATION : CLASSIFIER;
    await traced.classifiers[method]({ model, input } as never);
    const root = tracer.spans.find(({ attributes }) => 'gen_ai.operation.name' in attributes);
    expect(root?.attributes).toMatchObject({
      'gen_ai.operation.name': operation,
      'gen_ai.request.model': model,
      'gen_ai.response.model': model,
      'gen_ai.usage.input_tokens': expect.any(Number),
    });
  });

  it('take an answer that tells no usage', async () => {
    const transport = new MockHttpTransport().respond({
      json: { id: 'a', model: MODERATION, results: [{}] },
    });
    const other = createMistralClient({ apiKey: 'test-key', transport });
    const { results } = await other.classifiers.moderate({ model: MODERATION, input: 'x' });
    expect(results).toEqual([{}]);
  });
});

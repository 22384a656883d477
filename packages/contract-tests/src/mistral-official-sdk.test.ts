import { createSimulator, type Simulator } from '@integrations/simulator';
import { Mistral } from '@mistralai/mistralai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MODEL = 'mistral-small-latest';
const MESSAGES = [{ role: 'user' as const, content: 'What is a breaker?' }];
const TUNED = 'ft:open-mistral-7b:587a6b29:20240514:7e773925';
const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';

let simulator: Simulator;
let mistral: Mistral;
beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  mistral = new Mistral({ apiKey: 'test-key', serverURL: simulator.baseURL });
});
afterAll(() => simulator.close());

interface Streamed {
  readonly data: {
    readonly choices: readonly {
      readonly delta: { readonly content?: unknown; readonly toolCalls?: unknown };
    }[];
  };
}

async function deltasOf(
  stream: AsyncIterable<Streamed>,
): Promise<readonly Streamed['data']['choices'][number]['delta'][]> {
  const deltas = [];
  for await (const { data } of stream) deltas.push(...data.choices.map(({ delta }) => delta));
  return deltas;
}

/** The official package, which checks each answer against its own description of it. */
describe('the official package understands the simulator', () => {
  it('in chats', async () => {
    const request = { model: MODEL, messages: MESSAGES };
    const { choices, usage } = await mistral.chat.complete(request);
    expect(choices[0]).toMatchObject({ finishReason: 'stop', index: 0 });
    expect(usage.totalTokens).toBe((usage.promptTokens ?? 0) + (usage.completionTokens ?? 0));
    const deltas = await deltasOf(await mistral.chat.stream(request));
    expect(deltas.map(({ content }) => content).join('')).toBe(choices[0]?.message?.content);
  });

  it('in thoughts', async () => {
    const request = { model: MODEL, messages: MESSAGES, promptMode: 'reasoning' as const };
    const { choices } = await mistral.chat.complete(request);
    expect(choices[0]?.message?.content).toMatchObject([{ type: 'thinking' }, { type: 'text' }]);
    const deltas = await deltasOf(await mistral.chat.stream(request));
    expect(deltas[1]?.content).toMatchObject([{ type: 'thinking' }]);
  });

  it.each([undefined, 'tool_call_nulls'])('in calls of tools (%s)', async (answer) => {
    const request = {
      model: MODEL,
      messages: MESSAGES,
      tools: [{ type: 'function' as const, function: { name: 'get_weather', parameters: {} } }],
      toolChoice: 'any' as const,
      ...(answer === undefined ? {} : { metadata: { simulator_answer: answer } }),
    };
    const { choices } = await mistral.chat.complete(request);
    expect(choices[0]?.message?.toolCalls).toMatchObject([
      { id: expect.stringMatching(/^\w{9}$/), function: { name: 'get_weather' } },
    ]);
    const calls = (await deltasOf(await mistral.chat.stream(request))).flatMap(
      ({ toolCalls }) => toolCalls ?? [],
    );
    expect(calls[0]).toMatchObject({ function: { name: 'get_weather' } });
  });

  it('in code', async () => {
    const request = { model: 'codestral-latest', prompt: 'def f(n):', suffix: 'f(1)' };
    const { choices } = await mistral.fim.complete(request);
    const deltas = await deltasOf(await mistral.fim.stream(request));
    expect(deltas.map(({ content }) => content).join('')).toBe(choices?.[0]?.message?.content);
  });

  it('in embeddings', async () => {
    const { data } = await mistral.embeddings.create({
      model: 'mistral-embed',
      inputs: ['a', 'b'],
    });
    expect(data.map(({ embedding }) => embedding?.length)).toEqual([1024, 1024]);
    const small = await mistral.embeddings.create({
      model: 'codestral-embed',
      inputs: 'a',
      outputDimension: 8,
      outputDtype: 'int8',
    });
    expect(small.data[0]?.embedding).toHaveLength(8);
  });

  it('in models', async () => {
    const { data } = await mistral.models.list();
    expect(data).toContainEqual(expect.objectContaining({ id: MODEL, type: 'base' }));
    const modelId = TUNED;
    expect(await mistral.models.retrieve({ modelId })).toMatchObject({
      type: 'fine-tuned',
      root: 'open-mistral-7b',
    });
    const updateModelRequest = { name: 'ours' };
    expect(await mistral.models.update({ modelId, updateModelRequest })).toMatchObject({
      id: TUNED,
      name: 'ours',
      modelType: 'completion',
    });
    expect(await mistral.models.archive({ modelId })).toMatchObject({ archived: true });
    expect(await mistral.models.unarchive({ modelId })).toMatchObject({ archived: false });
    expect(await mistral.models.delete({ modelId })).toMatchObject({ id: TUNED, deleted: true });
  });

  it('in classifications', async () => {
    const { classifiers } = mistral;
    const model = 'mistral-moderation-latest';
    const flagged = { categories: { violence_and_threats: true } };
    const inputs = 'I will kill you';
    const messages = [{ role: 'user' as const, content: inputs }];
    const ofText = await classifiers.moderate({ model, inputs });
    const ofChat = await classifiers.moderateChat({ model, inputs: messages });
    expect([ofText.results, ofChat.results]).toMatchObject([[flagged], [flagged]]);
    const scores = { sentiment: { scores: { neutral: expect.any(Number) as number } } };
    const classified = await classifiers.classify({ model: CLASSIFIER, inputs });
    const chat = await classifiers.classifyChat({ model: CLASSIFIER, input: { messages } });
    expect([classified.results, chat.results]).toMatchObject([[scores], [scores]]);
  });

  it.each([
    [{ model: 'none', messages: MESSAGES }, 400],
    [{ model: MODEL, messages: MESSAGES, temperature: 3 }, 422],
  ])('in errors (%#)', async (request, statusCode) => {
    await expect(mistral.chat.complete(request)).rejects.toMatchObject({ statusCode });
  });
});

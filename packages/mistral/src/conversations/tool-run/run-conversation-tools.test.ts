import {
  AbortedError,
  ConfigurationError,
  TurnLimitError,
  ValidationError,
} from '@integrations/errors';
import type { RunnableTool } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestTracer } from '@integrations/testing';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standardFunction } from '@integrations/provider';
import { createMistralClient, type MistralClient } from '../../client.ts';
import type { ConversationToolRunStep } from './conversation-tool-run-step.ts';

const MODEL = 'mistral-small-latest';
const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;
const OSLO = 'get_weather {"city":"Oslo"}';

let simulator: Simulator;
let client: MistralClient;
const tracer = new TestTracer();

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL, tracer });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

function weather(
  run: (city: string) => unknown = (city) => `It is cold in ${city}.`,
): RunnableTool {
  return standardFunction({
    name: 'get_weather',
    parameters: v.object({ city: v.string() }),
    schema: SCHEMA,
    function: ({ city }) => run(city),
  });
}

async function stepsOf(
  run: AsyncIterable<ConversationToolRunStep>,
): Promise<ConversationToolRunStep[]> {
  const steps: ConversationToolRunStep[] = [];
  for await (const step of run) steps.push(step);
  return steps;
}

describe('conversations.runTools', () => {
  it('runs what is called, tells it, and gives the answer', async () => {
    const run = client.conversations.runTools({
      model: MODEL,
      inputs: `${OSLO}, get_weather {"city":"Rome"}`,
      tools: [weather(), { type: 'web_search' }],
      completion_args: { tool_choice: 'any', max_tokens: 200 },
    });
    expect(simulator.requests).toHaveLength(0);
    const steps = await stepsOf(run);
    expect(steps.map(({ type }) => type)).toEqual([
      'response',
      'tool_result',
      'tool_result',
      'response',
    ]);
    expect(steps[1]).toMatchObject({
      call: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
      result: { type: 'function.result', result: 'It is cold in Oslo.' },
      error: undefined,
    });
    expect(await run.finalText()).toBe('It is cold in Oslo. It is cold in Rome.');
    expect(run.responses).toHaveLength(2);
    const [first, second] = simulator.requests;
    expect(first?.body).toMatchObject({
      tools: [{ type: 'function', function: { name: 'get_weather' } }, { type: 'web_search' }],
    });
    expect(second).toMatchObject({
      path: `/v1/conversations/${run.responses[0]?.conversation_id ?? ''}`,
      body: { completion_args: { tool_choice: 'auto', max_tokens: 200 } },
    });
    expect(tracer.spans.map(({ name }) => name)).toContain('execute_tool get_weather');
  });

  it('runs the functions of agents, and of conversations that go on', async () => {
    const { type, function: described } = weather();
    const { name, parameters } = described;
    const { id } = await client.agents.create({
      model: MODEL,
      name: 'weatherman',
      tools: [{ type, function: { name, parameters: { ...parameters } } }],
    });
    const run = client.conversations.runTools({ agent_id: id, inputs: OSLO, tools: [weather()] });
    const { conversation_id: conversationId } = await run.finalResponse();
    expect(simulator.requests[1]?.body).toEqual({ agent_id: id, inputs: OSLO });
    const next = client.conversations.runTools({
      conversation_id: conversationId,
      inputs: 'get_weather {"city":"Rome"}',
      tools: [weather()],
    });
    expect(await next.finalText()).toBe('It is cold in Rome.');
    expect(next.responses[0]?.conversation_id).toBe(conversationId);
  });

  it('tells the model what went wrong, and goes on', async () => {
    const fail = (): never => {
      throw new Error('No thermometer');
    };
    const run = client.conversations.runTools({
      model: MODEL,
      inputs: `${OSLO} and get_weather {"city":5}`,
      tools: [weather(fail)],
    });
    const results = (await stepsOf(run)).filter((step) => step.type === 'tool_result');
    expect(results.map(({ error }) => error)).toEqual([expect.any(Error), expect.any(Error)]);
    expect(results[0]?.result.result).toBe('No thermometer');
    expect(results[1]?.result.result).toContain('does not fit the schema');
    expect(run.responses).toHaveLength(2);
  });

  it('stops at the limit, and when it is aborted', async () => {
    const request = { model: MODEL, inputs: OSLO, tools: [weather(() => OSLO)] };
    const endless = client.conversations.runTools(request, { maxResponses: 3 });
    await expect(endless.finalResponse()).rejects.toBeInstanceOf(TurnLimitError);
    expect(endless.responses).toHaveLength(3);
    const abort = new AbortController();
    const tools = [weather(() => abort.abort())];
    const aborted = client.conversations.runTools({ ...request, tools }, { signal: abort.signal });
    await expect(aborted.finalResponse()).rejects.toBeInstanceOf(AbortedError);
    expect(aborted.responses).toHaveLength(1);
  });

  it('refuses what cannot be run', () => {
    const { conversations } = client;
    const request = { model: MODEL, inputs: 'a' };
    const none = { ...request, tools: [{ type: 'web_search' as const }] };
    expect(() => conversations.runTools(none)).toThrow(ValidationError);
    const some = { ...request, tools: [weather()] };
    expect(() => conversations.runTools(some, { maxResponses: 0 })).toThrow(ConfigurationError);
    expect(simulator.requests).toHaveLength(0);
  });
});

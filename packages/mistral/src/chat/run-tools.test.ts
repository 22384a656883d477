import { TurnLimitError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { ChatCompletionRequest } from './chat-completion-request.ts';
import { standardFunction } from '@integrations/provider';
import type { RunToolsRequest } from './run-tools.ts';

let simulator: Simulator;
let client: MistralClient;
let asked: string[];

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearRequests();
  asked = [];
});

const WEATHER = standardFunction({
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: v.object({ city: v.string() }),
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  function: ({ city }) => {
    expectTypeOf(city).toEqualTypeOf<string>();
    asked.push(city);
    if (city === 'Atlantis') throw new Error('Atlantis has sunk.');
    // What a tool says may make the model call the next one.
    return city === 'again' ? 'get_weather {"city":"again"}' : `Sunny in ${city}.`;
  },
});

function request(content: string): RunToolsRequest & { readonly stream?: false } {
  return { model: 'mistral-small-latest', messages: [{ role: 'user', content }], tools: [WEATHER] };
}

const TWO = request('get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}');

function bodies(): ChatCompletionRequest[] {
  return simulator.requests.map(({ body }) => body as ChatCompletionRequest);
}

describe('chat.runTools', () => {
  it('runs what the model calls, tells it the results, and ends with its text', async () => {
    const run = client.chat.runTools(TWO);
    expect(await run.finalContent()).toBe('Sunny in Oslo. Sunny in Rome.');
    expect(asked).toEqual(['Oslo', 'Rome']);
    expect(run.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'tool',
      'assistant',
    ]);
    expect(bodies()[1]?.messages).toEqual(run.messages.slice(0, -1));
    expect(run.messages[2]).toEqual({
      role: 'tool',
      name: 'get_weather',
      tool_call_id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
      content: 'Sunny in Oslo.',
    });
    const totals = run.completions.map(({ usage }) => usage.total_tokens);
    expect(await run.totalUsage()).toMatchObject({
      total_tokens: totals.reduce((sum, total) => sum + total, 0),
    });
  });

  it('streams the answers on request', async () => {
    const types: string[] = [];
    const run = client.chat.runTools({ ...TWO, stream: true });
    for await (const step of run) {
      expectTypeOf(step.type).extract<'content.delta'>().not.toBeNever();
      if (types.at(-1) !== step.type && step.type !== 'chunk') types.push(step.type);
    }
    expect(types.filter((type) => !type.startsWith('tool_calls'))).toEqual([
      'completion',
      'tool_result',
      'content.delta',
      'content.done',
      'completion',
    ]);
    expect(await run.finalContent()).toBe('Sunny in Oslo. Sunny in Rome.');
  });

  it.each(['any', 'required'] as const)(
    'leaves `%s` to the model once it was done',
    async (tool_choice) => {
      await client.chat.runTools({ ...TWO, tool_choice }).finalCompletion();
      expect(bodies().map((body) => body.tool_choice)).toEqual([tool_choice, 'auto']);
    },
  );

  it('tells the model what went wrong', async () => {
    const run = client.chat.runTools(request('get_weather {"city":"Atlantis"}'));
    expect(await run.finalContent()).toContain('Atlantis has sunk.');
  });

  it('ends where the model never does', async () => {
    const run = client.chat.runTools(request('get_weather {"city":"again"}'), {
      maxChatCompletions: 2,
    });
    await expect(run.finalCompletion()).rejects.toBeInstanceOf(TurnLimitError);
    expect(simulator.requests).toHaveLength(2);
  });

  it('refuses tools that have nothing to run, and several answers', () => {
    const { function: _function, ...bare } = { ...WEATHER };
    expect(() => client.chat.runTools({ ...TWO, tools: [{ ...bare } as never] })).toThrow();
    expect(() => client.chat.runTools({ ...TWO, n: 2 } as never)).toThrow(ValidationError);
  });
});

describe('calls as some models make them', () => {
  /** Answers with these calls in each of the turns, then with a text. */
  function calling(
    tool_calls: readonly object[],
    turns = 1,
  ): {
    client: MistralClient;
    sent: ChatCompletionRequest[];
  } {
    const sent: ChatCompletionRequest[] = [];
    const called = {
      message: { role: 'assistant', content: '', tool_calls },
      finish_reason: 'tool_calls',
    };
    const done = { message: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' };
    const transport = new MockHttpTransport({
      handler: ({ body }, index) => {
        sent.push(JSON.parse(Buffer.from(body as Uint8Array).toString()) as ChatCompletionRequest);
        const choices = [{ index: 0, ...(index < turns ? called : done) }];
        return { json: { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices } };
      },
    });
    return { client: createMistralClient({ apiKey: 'test-key', transport }), sent };
  }

  it.each([
    ['without an id', { index: 0 }, '{"city":"Oslo"}'],
    ['with the id null', { id: 'null' }, '{"city":"Oslo"}'],
    ['with an id of another kind', { id: 'chatcmpl-tool-1' }, '{"city":"Oslo"}'],
    ['with arguments that are an object', { id: 'D681PevKs' }, { city: 'Oslo' }],
  ])('%s are run, and told by one id', async (_what, head, args) => {
    const call = { ...head, function: { name: 'get_weather', arguments: args } };
    const { client: other, sent } = calling([
      call,
      { ...call, ...('id' in head ? { id: `${head.id}2` } : {}) },
    ]);
    const run = other.chat.runTools(request('How is Oslo?'));
    expect(await run.finalContent()).toBe('Done.');
    expect(asked).toEqual(['Oslo', 'Oslo']);
    const [, answer, ...results] = sent[1]?.messages ?? [];
    const calls = answer?.role === 'assistant' ? (answer.tool_calls ?? []) : [];
    expect(calls.map((each) => each.function)).toEqual([call.function, call.function]);
    const ids = calls.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(new Set(ids).size).toBe(2);
    expect(results.map((result) => (result.role === 'tool' ? result.tool_call_id : ''))).toEqual(
      ids,
    );
  });

  it('have ids of their own in every turn, and in a run that goes on with the last', async () => {
    const call = { function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } };
    const { client: other, sent } = calling([call, call], 2);
    const first = other.chat.runTools(request('How is Oslo?'));
    expect(await first.finalContent()).toBe('Done.');
    const messages = sent.at(-1)?.messages ?? [];
    const { client: later, sent: sentLater } = calling([call]);
    const more = later.chat.runTools({ ...request(''), messages });
    expect(await more.finalContent()).toBe('Done.');
    const ids = (sentLater.at(-1)?.messages ?? []).flatMap((message) =>
      message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [],
    );
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });
});

import {
  AbortedError,
  ConfigurationError,
  LengthFinishReasonError,
  NotFoundError,
  RefusalError,
  TurnLimitError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';
import type { ChatCompletionRequest } from './chat-completion-request.ts';
import { zodFunction, zodResponseFormat } from '@integrations/provider';
import type { RunToolsRequest } from './run-tools.ts';
import type { ToolRun } from './tool-run.ts';

let simulator: Simulator;
let client: OpenAIClient;
let asked: string[];

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearRequests();
  asked = [];
});

const WEATHER = zodFunction({
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  function: ({ city }) => {
    expectTypeOf(city).toEqualTypeOf<string>();
    asked.push(city);
    if (city === 'Atlantis') throw new Error('Atlantis has sunk.');
    // What a tool says may make the model call the next one.
    return city === 'again' ? 'get_weather {"city":"again"}' : `Sunny in ${city}.`;
  },
});

function request(content: string): RunToolsRequest & { readonly stream?: false } {
  return { model: 'gpt-4o-mini', messages: [{ role: 'user', content }], tools: [WEATHER] };
}

const TWO = request('get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}');

function bodies(): ChatCompletionRequest[] {
  return simulator.requests.map(({ body }) => body as ChatCompletionRequest);
}

async function failing(run: ToolRun<unknown, unknown>): Promise<unknown> {
  return run.finalCompletion().catch((reason: unknown) => reason);
}

describe('chat.completions.runTools', () => {
  it('runs what the model calls, tells it the results, and ends with its text', async () => {
    const run = client.chat.completions.runTools(TWO);
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
    expect(bodies()[0]?.tools).toEqual([
      {
        type: 'function',
        function: {
          name: 'get_weather',
          description: 'The weather of a city.',
          strict: true,
          parameters: expect.objectContaining({ required: ['city'] }),
        },
      },
    ]);
    const total = run.completions.map(({ usage }) => usage?.total_tokens ?? 0);
    expect(await run.totalUsage()).toMatchObject({
      total_tokens: (total[0] ?? 0) + (total[1] ?? 0),
      prompt_tokens_details: { cached_tokens: 0 },
    });
  });

  it('gives its steps as they come, and waits for its reader', async () => {
    const steps: unknown[] = [];
    for await (const step of client.chat.completions.runTools(TWO)) {
      steps.push(step.type === 'completion' ? simulator.requests.length : step.message.content);
    }
    expect(steps).toEqual([1, 'Sunny in Oslo.', 'Sunny in Rome.', 2]);
  });

  it('streams the answers on request', async () => {
    const types: string[] = [];
    const run = client.chat.completions.runTools({ ...TWO, stream: true });
    for await (const step of run) {
      expectTypeOf(step.type).extract<'content.delta'>().not.toBeNever();
      if (types.at(-1) !== step.type && step.type !== 'chunk') types.push(step.type);
    }
    expect(types).toEqual([
      'tool_calls.function.arguments.delta',
      'tool_calls.function.arguments.done',
      'tool_calls.function.arguments.delta',
      'tool_calls.function.arguments.done',
      'completion',
      'tool_result',
      'content.delta',
      'content.done',
      'completion',
    ]);
    expect(await run.finalContent()).toBe('Sunny in Oslo. Sunny in Rome.');
  });

  it('tells the model what went wrong', async () => {
    const run = client.chat.completions.runTools(
      request('get_weather {"city":"Atlantis"}, get_weather {"city":7}, get_weather {"city"'),
    );
    const results: { error: unknown; content: unknown }[] = [];
    for await (const step of run) {
      if (step.type === 'tool_result') {
        results.push({ error: step.error, content: step.message.content });
      }
    }
    expect(results).toEqual([
      { error: expect.any(Error), content: 'Atlantis has sunk.' },
      { error: expect.any(Error), content: expect.stringContaining('city: ') },
      { error: expect.any(Error), content: expect.stringContaining('not JSON') },
    ]);
    expect(await run.finalContent()).toContain('Atlantis has sunk.');
  });

  it('reads the last answer by the schema of the request', async () => {
    const format = zodResponseFormat(z.object({ summary: z.string() }), 'summary');
    const run = client.chat.completions.runTools({ ...TWO, response_format: format });
    const { parsed } = await run.finalMessage();
    expectTypeOf(parsed).toEqualTypeOf<{ summary: string } | null>();
    expect(parsed).toEqual({ summary: 'Sunny in Oslo. Sunny in Rome.' });
    const refusing = client.chat.completions.runTools({
      ...TWO,
      response_format: format,
      metadata: { simulator_answer: 'refusal' },
    });
    expect(await failing(refusing)).toBeInstanceOf(RefusalError);
  });

  it('stops at its limit, before it runs what nobody would hear of', async () => {
    const again = request('get_weather {"city":"again"}');
    const run = client.chat.completions.runTools(again, { maxChatCompletions: 3 });
    const error = await failing(run);
    expect(error).toBeInstanceOf(TurnLimitError);
    expect(asked).toEqual(['again', 'again']);
    expect(simulator.requests).toHaveLength(3);
    expect(run.messages.at(-1)).toMatchObject({ role: 'assistant' });
  });

  it('requires a tool once', async () => {
    const run = client.chat.completions.runTools({ ...request('Hi.'), tool_choice: 'required' });
    await run.finalCompletion();
    expect(bodies().map((body) => body.tool_choice)).toEqual(['required', 'auto']);
  });

  it('ends when a function that is forced has run', async () => {
    const choice = { type: 'function', function: { name: 'get_weather' } } as const;
    const run = client.chat.completions.runTools(
      { ...request('Hi.'), tool_choice: choice },
      { maxChatCompletions: 1 },
    );
    expect(await run.finalContent()).toBeNull();
    expect(run.messages.at(-1)).toMatchObject({ role: 'tool', content: 'Sunny in Hi..' });
  });

  it('has a span for each tool that it runs, which is current meanwhile', async () => {
    const tracer = new TestTracer();
    const traced = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, tracer });
    let current: unknown;
    const look = zodFunction({
      name: 'look',
      parameters: z.object({}),
      function: () => (current = tracer.currentSpan()),
    });
    await traced.chat.completions.runTools({ ...request('look {}'), tools: [look] }).finalContent();
    await traced.close();
    const span = tracer.span('execute_tool look');
    expect(current).toBe(span);
    expect(span).toMatchObject({ kind: 'internal', ended: true });
    expect(span.attributes).toMatchObject({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look',
      'gen_ai.tool.call.id': expect.stringMatching(/^call_/),
      'gen_ai.tool.type': 'function',
    });
  });

  it('is aborted with its tools', async () => {
    const abort = new AbortController();
    const Wait = zodFunction({
      name: 'wait',
      parameters: z.object({}),
      function: (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('told')));
          abort.abort();
        }),
    });
    const run = client.chat.completions.runTools(
      { ...request('wait {}'), tools: [Wait] },
      { signal: abort.signal },
    );
    expect(await failing(run)).toBeInstanceOf(AbortedError);
    expect(simulator.requests).toHaveLength(1);
  });

  it('ends where its reader leaves', async () => {
    const run = client.chat.completions.runTools(TWO);
    for await (const step of run) {
      expect(step.type).toBe('completion');
      break;
    }
    expect(simulator.requests).toHaveLength(1);
    expect(asked).toEqual([]);
    await expect(run.finalContent()).rejects.toBeInstanceOf(AbortedError);
    expect(() => run[Symbol.asyncIterator]()).toThrow(ValidationError);
  });

  it('gives the finals to who reads as well', async () => {
    const run = client.chat.completions.runTools(TWO);
    const final = run.finalContent();
    expect(() => run[Symbol.asyncIterator]()).toThrow(ValidationError);
    expect(await final).toBe(await run.finalContent());
  });

  it('throws what a call throws', async () => {
    const run = client.chat.completions.runTools({ ...TWO, model: 'no-such-model' });
    const reading = (async () => {
      for await (const step of run) expect(step.type).toBe('completion');
    })();
    await expect(reading).rejects.toBeInstanceOf(NotFoundError);
    expect(await failing(run)).toBeInstanceOf(NotFoundError);
  });

  it('does not run calls that were cut', async () => {
    const call = { id: 'c', type: 'function', function: { name: 'get_weather', arguments: '{' } };
    const message = { role: 'assistant', content: null, refusal: null, tool_calls: [call] };
    const transport = new MockHttpTransport().respond({
      json: { id: 'x', choices: [{ index: 0, message, finish_reason: 'length', logprobs: null }] },
    });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const error = await failing(other.chat.completions.runTools(TWO));
    expect(error).toBeInstanceOf(LengthFinishReasonError);
    expect(asked).toEqual([]);
  });

  it('sends audio back by its id, and no more than requests have', async () => {
    const message = {
      role: 'assistant',
      content: null,
      refusal: null,
      annotations: [],
      audio: { id: 'audio_1', data: 'AAAA', expires_at: 1, transcript: '' },
      tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'run', input: 'ls' } }],
    };
    const done = { role: 'assistant', content: 'Done.', refusal: null };
    const answer = (said: object): object => ({
      json: { id: 'x', choices: [{ index: 0, message: said, finish_reason: 'stop' }] },
    });
    const transport = new MockHttpTransport().respond(answer(message)).respond(answer(done));
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const run = other.chat.completions.runTools(TWO);
    await run.finalCompletion();
    expect(run.messages.slice(1, 3)).toEqual([
      {
        role: 'assistant',
        content: null,
        audio: { id: 'audio_1' },
        tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'run', input: 'ls' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: expect.stringContaining('no function "run"') },
    ]);
  });

  it.each([
    [{ ...TWO, n: 2 }, {}, ValidationError],
    [{ ...TWO, tools: [{ type: 'function', function: { name: 'x' } }] }, {}, ValidationError],
    [TWO, { maxChatCompletions: 0 }, ConfigurationError],
    [TWO, { toolConcurrency: 1.5 }, ConfigurationError],
  ])('refuses what cannot be right: %#', (wrong, options, type) => {
    expect(() => client.chat.completions.runTools(wrong as typeof TWO, options)).toThrow(type);
  });
});

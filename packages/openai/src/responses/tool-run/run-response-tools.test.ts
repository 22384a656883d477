import {
  AbortedError,
  ConfigurationError,
  LengthFinishReasonError,
  NotFoundError,
  RefusalError,
  ServerError,
  TurnLimitError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';
import type { ResponseRequest } from '../response-request.ts';
import { zodTextFormat } from '../text-format.ts';
import { zodResponsesFunction } from '../tools/parseable-function.ts';
import type { ResponseToolRun } from './response-tool-run.ts';
import type { ResponseRunToolsRequest } from './run-response-tools.ts';

let simulator: Simulator;
let client: OpenAIClient;
let tracer: TestTracer;
let asked: string[];

beforeAll(async () => {
  simulator = await createSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  simulator.clearRequests();
  asked = [];
  tracer = new TestTracer();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    tracer,
  });
  return () => client.close();
});

const WEATHER = zodResponsesFunction({
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

function request(input: string): ResponseRunToolsRequest & { readonly stream?: false } {
  return { model: 'gpt-4o-mini', input, tools: [WEATHER] };
}

const TWO = request('get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}');

function bodies(): ResponseRequest[] {
  return simulator.requests.map(({ body }) => body as ResponseRequest);
}

async function failing(run: ResponseToolRun<unknown, unknown>): Promise<unknown> {
  return run.finalResponse().catch((reason: unknown) => reason);
}

/** A client whose responses have these outputs. */
function answering(...outputs: readonly object[]): {
  mocked: OpenAIClient;
  transport: MockHttpTransport;
} {
  const transport = new MockHttpTransport();
  for (const answer of outputs) transport.respond({ json: { id: 'resp_1', ...answer } });
  return { mocked: createOpenAIClient({ apiKey: 'test-key', transport }), transport };
}

const DONE = {
  status: 'completed',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
    },
  ],
};

describe('responses.runTools', () => {
  it('runs what the model calls, tells it the results, and ends with its text', async () => {
    const run = client.responses.runTools(TWO);
    expect(await run.finalText()).toBe('Sunny in Oslo. Sunny in Rome.');
    expect(asked).toEqual(['Oslo', 'Rome']);
    expect(run.responses).toHaveLength(2);
    const totals = run.responses.map(({ usage }) => usage?.total_tokens ?? 0);
    expect(await run.totalUsage()).toMatchObject({
      total_tokens: (totals[0] ?? 0) + (totals[1] ?? 0),
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    });
    expect(run.items.map((item) => item.type ?? 'message')).toEqual([
      'message',
      'function_call',
      'function_call',
      'function_call_output',
      'function_call_output',
      'message',
    ]);
    expect(bodies()[0]?.tools).toEqual([
      {
        type: 'function',
        name: 'get_weather',
        description: 'The weather of a city.',
        strict: true,
        parameters: expect.objectContaining({ required: ['city'] }),
      },
    ]);
  });

  it('goes on from the last response, and sends what is new', async () => {
    const run = client.responses.runTools({ ...TWO, instructions: 'Be brief.' });
    await run.finalResponse();
    expect(bodies()[0]).not.toHaveProperty('previous_response_id');
    expect(bodies()[1]).toMatchObject({
      previous_response_id: run.responses[0]?.id,
      instructions: 'Be brief.',
      input: run.items.slice(3, 5),
    });
  });

  it('sends everything again where the API keeps nothing', async () => {
    const run = client.responses.runTools({ ...TWO, store: false });
    expect(await run.finalText()).toBe('Sunny in Oslo. Sunny in Rome.');
    expect(bodies()[1]?.input).toEqual(run.items.slice(0, 5));
    expect(bodies()[1]).not.toHaveProperty('previous_response_id');
    expect(JSON.stringify(run.items)).not.toContain('parsed');
  });

  it('goes on in its conversation', async () => {
    const conversation = await client.conversations.create();
    simulator.clearRequests();
    const run = client.responses.runTools({ ...TWO, conversation: conversation.id });
    expect(await run.finalText()).toBe('Sunny in Oslo. Sunny in Rome.');
    expect(bodies()[1]).toMatchObject({
      conversation: conversation.id,
      input: run.items.slice(3, 5),
    });
    expect(bodies()[1]).not.toHaveProperty('previous_response_id');
  });

  it('gives its items as input for more', async () => {
    const run = client.responses.runTools(TWO);
    await run.finalResponse();
    const more = [...run.items, { role: 'user', content: 'Thanks.' } as const];
    const next = await client.responses.create({ model: 'gpt-4o-mini', input: more });
    expect(next.status).toBe('completed');
  });

  it('gives its steps as they come, and waits for its reader', async () => {
    const steps: unknown[] = [];
    for await (const step of client.responses.runTools(TWO)) {
      steps.push(step.type === 'response' ? simulator.requests.length : step.output.output);
    }
    expect(steps).toEqual([1, 'Sunny in Oslo.', 'Sunny in Rome.', 2]);
  });

  it('streams the responses on request', async () => {
    const types: string[] = [];
    const run = client.responses.runTools({ ...TWO, stream: true });
    for await (const step of run) {
      expectTypeOf(step.type).extract<'response.output_text.delta'>().not.toBeNever();
      if (/^(?:response|tool_result|response\.(?:created|completed))$/.test(step.type)) {
        types.push(step.type);
      }
    }
    expect(types).toEqual([
      'response.created',
      'response.completed',
      'response',
      'tool_result',
      'tool_result',
      'response.created',
      'response.completed',
      'response',
    ]);
    expect(await run.finalText()).toBe('Sunny in Oslo. Sunny in Rome.');
  });

  it('tells the model what went wrong', async () => {
    const run = client.responses.runTools(
      request('get_weather {"city":"Atlantis"}, get_weather {"city":7}, get_weather {"city"'),
    );
    const results: { error: unknown; output: unknown }[] = [];
    for await (const step of run) {
      if (step.type === 'tool_result') {
        results.push({ error: step.error, output: step.output.output });
      }
    }
    expect(results).toEqual([
      { error: expect.any(Error), output: 'Atlantis has sunk.' },
      { error: expect.any(Error), output: expect.stringContaining('city: ') },
      { error: expect.any(Error), output: expect.stringContaining('not JSON') },
    ]);
    expect(await run.finalText()).toContain('Atlantis has sunk.');
  });

  it('reads the last answer by the schema of the request', async () => {
    const text = { format: zodTextFormat(z.object({ summary: z.string() }), 'summary') };
    const run = client.responses.runTools({ ...TWO, text });
    const { output_parsed: parsed } = await run.finalResponse();
    expectTypeOf(parsed).toEqualTypeOf<{ summary: string } | null>();
    expect(parsed).toEqual({ summary: 'Sunny in Oslo. Sunny in Rome.' });
    const metadata = { simulator_answer: 'refusal' };
    expect(await failing(client.responses.runTools({ ...TWO, text, metadata }))).toBeInstanceOf(
      RefusalError,
    );
  });

  it('stops at its limit, before it runs what nobody would hear of', async () => {
    const again = request('get_weather {"city":"again"}');
    const run = client.responses.runTools(again, { maxResponses: 3 });
    expect(await failing(run)).toBeInstanceOf(TurnLimitError);
    expect(asked).toEqual(['again', 'again']);
    expect(simulator.requests).toHaveLength(3);
    expect(run.items.at(-1)).toMatchObject({ type: 'function_call' });
  });

  it('requires a tool once', async () => {
    await client.responses.runTools({ ...request('Hi.'), tool_choice: 'required' }).finalText();
    const allowed = { type: 'allowed_tools', mode: 'required' } as const;
    const tools = [{ type: 'function', name: 'get_weather' }];
    const choice = { ...allowed, tools };
    await client.responses.runTools({ ...request('Hi.'), tool_choice: choice }).finalText();
    expect(bodies().map((body) => body.tool_choice)).toEqual([
      'required',
      'auto',
      choice,
      { ...choice, mode: 'auto' },
    ]);
  });

  it('ends when a function that is forced has run', async () => {
    const choice = { type: 'function', name: 'get_weather' } as const;
    const run = client.responses.runTools(
      { ...request('Hi.'), tool_choice: choice },
      { maxResponses: 1 },
    );
    expect(await run.finalText()).toBe('');
    expect(run.items.at(-1)).toMatchObject({
      type: 'function_call_output',
      output: 'Sunny in Hi..',
    });
  });

  it('is aborted with its tools', async () => {
    const abort = new AbortController();
    const Wait = zodResponsesFunction({
      name: 'wait',
      parameters: z.object({}),
      function: (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('told')));
          abort.abort();
        }),
    });
    const run = client.responses.runTools(
      { ...request('wait {}'), tools: [Wait] },
      { signal: abort.signal },
    );
    expect(await failing(run)).toBeInstanceOf(AbortedError);
    expect(simulator.requests).toHaveLength(1);
  });

  it('ends where its reader leaves', async () => {
    const run = client.responses.runTools(TWO);
    for await (const step of run) {
      expect(step.type).toBe('response');
      break;
    }
    expect(asked).toEqual([]);
    await expect(run.finalText()).rejects.toBeInstanceOf(AbortedError);
    expect(() => run[Symbol.asyncIterator]()).toThrow(ValidationError);
  });

  it('throws what a call throws, and the error of a response that failed', async () => {
    const wrong = client.responses.runTools({ ...TWO, model: 'no-such-model' });
    expect(await failing(wrong)).toBeInstanceOf(NotFoundError);
    const failed = { ...TWO, metadata: { simulator_failure: 'server_error' } };
    expect(await failing(client.responses.runTools(failed))).toBeInstanceOf(ServerError);
  });

  it('does not run calls that were cut', async () => {
    const call = { type: 'function_call', call_id: 'c', name: 'get_weather', arguments: '{' };
    const { mocked } = answering({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [call],
    });
    const error = await failing(mocked.responses.runTools(TWO));
    expect(error).toBeInstanceOf(LengthFinishReasonError);
    expect(asked).toEqual([]);
  });

  it('answers the program that called, in namespaces too, and says which tools there are', async () => {
    const caller = { type: 'program', caller_id: 'prog_1' };
    const city = '{"city":"Oslo"}';
    const { mocked, transport } = answering(
      {
        status: 'completed',
        output: [
          {
            type: 'function_call',
            call_id: 'a',
            name: 'get_weather',
            namespace: 'sky',
            arguments: city,
            caller,
          },
          { type: 'custom_tool_call', call_id: 'b', name: 'run', input: 'ls' },
        ],
      },
      DONE,
    );
    const sky = { type: 'namespace', name: 'sky', description: 'Up.', tools: [WEATHER] } as const;
    const run = mocked.responses.runTools({ ...TWO, tools: [sky, { type: 'web_search' }] });
    expect(await run.finalText()).toBe('Done.');
    expect(await run.totalUsage()).toMatchObject({ total_tokens: 0 });
    expect(JSON.parse(transport.requests[1]?.body as string)).toMatchObject({
      previous_response_id: 'resp_1',
      input: [
        { type: 'function_call_output', call_id: 'a', output: 'Sunny in Oslo.', caller },
        {
          type: 'custom_tool_call_output',
          call_id: 'b',
          output: 'There is no function "run". There are: sky.get_weather.',
        },
      ],
    });
  });

  it('has a span for each tool that it runs', async () => {
    await client.responses.runTools(request('get_weather {"city":"Atlantis"}')).finalText();
    const span = tracer.span('execute_tool get_weather');
    expect(span).toMatchObject({ kind: 'internal', status: 'error', ended: true });
    expect(span.errors).toEqual([new Error('Atlantis has sunk.')]);
    expect(span.attributes).toMatchObject({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': expect.stringMatching(/^call_/),
      'gen_ai.tool.type': 'function',
    });
  });

  it.each([
    [{ ...TWO, background: true }, {}, ValidationError],
    [{ ...TWO, tools: [{ type: 'custom', name: 'x' }] }, {}, ValidationError],
    [TWO, { maxResponses: 0 }, ConfigurationError],
    [TWO, { toolConcurrency: 1.5 }, ConfigurationError],
  ])('refuses what cannot be right: %#', (wrong, options, type) => {
    expect(() => client.responses.runTools(wrong as typeof TWO, options)).toThrow(type);
  });
});

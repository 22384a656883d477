import {
  ContentFilterError,
  InvalidOutputError,
  LengthFinishReasonError,
  RefusalError,
  ServerError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import { standardTextFormat, zodTextFormat } from './text-format.ts';
import { zodResponsesFunction } from './tools/parseable-function.ts';

const Answer = z.object({
  mood: z.enum(['calm', 'wild']),
  note: z.string().nullable(),
  count: z.number().transform((n) => `${n} times`),
});
const FORMAT = zodTextFormat(Answer, 'answer', { description: 'What was found.' });
const REQUEST = { model: 'gpt-4o-mini', input: 'What does a ledger keep?' } as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  return running.then(
    () => 'a result',
    (error: unknown) => error,
  );
}

/** The same answer whole and as a stream. */
const WAYS = [
  {
    way: 'parse',
    ask: (metadata: Record<string, string>) =>
      client.responses.parse({ ...REQUEST, metadata, text: { format: FORMAT } }),
  },
  {
    way: 'stream',
    ask: async (metadata: Record<string, string>) => {
      const request = { ...REQUEST, metadata, text: { format: FORMAT } };
      const stream = await client.responses.stream(request);
      return stream.finalResponse();
    },
  },
];

describe.each(WAYS)('responses.$way', ({ ask }) => {
  it('gives what the schema makes of the answer', async () => {
    const { output_parsed: parsed, output } = await ask({});
    expectTypeOf(parsed).toEqualTypeOf<z.output<typeof Answer> | null>();
    expect(parsed).toEqual({ mood: 'calm', note: expect.any(String), count: '1 times' });
    expect(output).toEqual([
      expect.objectContaining({
        type: 'message',
        content: [expect.objectContaining({ type: 'output_text', parsed })],
      }),
    ]);
    expect(simulator.requests[0]?.body).toMatchObject({
      text: {
        format: {
          type: 'json_schema',
          name: 'answer',
          strict: true,
          description: 'What was found.',
        },
      },
    });
  });

  it.each([
    ['refusal', RefusalError, { refusal: expect.stringContaining('sorry') }],
    ['length', LengthFinishReasonError, { message: expect.stringContaining('max_output_tokens') }],
    ['content_filter', ContentFilterError, { provider: 'openai' }],
    ['invalid_json', InvalidOutputError, { issues: [] }],
    ['wrong_shape', InvalidOutputError, { message: expect.stringContaining('mood: ') }],
  ])('throws for %s', async (answer, type, details) => {
    const error = await failure(Promise.resolve(ask({ simulator_answer: answer })));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ requestId: expect.stringMatching(/^req_/), ...details });
  });

  it('throws the error of a response that failed', async () => {
    const error = await failure(Promise.resolve(ask({ simulator_failure: 'server_error' })));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({
      message: expect.stringContaining('the answer carried an error'),
    });
  });
});

describe('responses.parse', () => {
  it('keeps the response and its id', async () => {
    const { data, response, requestId } = await client.responses
      .parse({ ...REQUEST, text: { format: FORMAT } })
      .withResponse();
    expect(response.status).toBe(200);
    expect(data.requestId).toBe(requestId);
    expect(JSON.parse(data.output_text)).toMatchObject({ mood: 'calm' });
  });

  it('gives JSON of any kind for a plain JSON schema, and nothing without one', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' } } };
    const plain = await client.responses.parse({
      ...REQUEST,
      text: { format: { type: 'json_schema', name: 'a', schema } },
    });
    expectTypeOf(plain.output_parsed).toEqualTypeOf<unknown>();
    expect(plain.output_parsed).toEqual({ a: 1 });
    const none = await client.responses.parse({
      ...REQUEST,
      metadata: { simulator_answer: 'length' },
    });
    expectTypeOf(none.output_parsed).toEqualTypeOf<null>();
    expect(none).toMatchObject({ status: 'incomplete', output_parsed: null });
  });

  it('reads the arguments of strict functions', async () => {
    const parameters = z.object({ city: z.string().transform((city) => city.toUpperCase()) });
    const strict = { type: 'object', properties: {}, required: [], additionalProperties: false };
    const response = await client.responses.parse({
      model: 'gpt-4o-mini',
      input: 'get_weather {"city":"Oslo"}, plain {"a":1}, loose {"b":1}, run "x"',
      text: { format: FORMAT },
      tools: [
        zodResponsesFunction({ name: 'get_weather', parameters }),
        { type: 'function', name: 'plain', strict: true, parameters: strict },
        { type: 'function', name: 'loose', strict: false, parameters: null },
        { type: 'custom', name: 'run' },
      ],
    });
    expect(response.output_parsed).toBeNull();
    expect(
      response.output.map((item) =>
        item.type === 'function_call' ? item.parsed_arguments : item.type,
      ),
    ).toEqual([{ city: 'OSLO' }, { a: 1 }, null, 'custom_tool_call']);
  });

  it('says which arguments are wrong', async () => {
    const call = client.responses.parse({
      model: 'gpt-4o-mini',
      input: 'get_weather {"city":7}',
      tools: [
        zodResponsesFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) }),
      ],
    });
    await expect(call).rejects.toMatchObject({
      code: 'invalid_output',
      issues: [{ path: 'city' }],
      message: expect.stringContaining('the input of "get_weather"'),
    });
  });

  it('finds functions in namespaces, and those that a search found', async () => {
    const parameters = z.object({ n: z.number() });
    const find = zodResponsesFunction({ name: 'find', parameters });
    const late = zodResponsesFunction({ name: 'late', parameters, defer_loading: true });
    const called = (name: string, namespace: string): object => {
      return { type: 'function_call', call_id: name, name, namespace, arguments: '{"n":1}' };
    };
    const output = [called('find', 'crm'), called('late', 'late'), called('find', 'other')];
    const transport = new MockHttpTransport().respond({
      json: { id: 'resp_1', status: 'completed', output },
    });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const response = await other.responses.parse({
      ...REQUEST,
      tools: [{ type: 'namespace', name: 'crm', description: 'People.', tools: [find] }, late],
    });
    expect(response.output).toMatchObject([
      { parsed_arguments: { n: 1 } },
      { parsed_arguments: { n: 1 } },
      { parsed_arguments: null },
    ]);
  });

  it('leaves remarks on the way unread, and what is still to come', async () => {
    const message = (phase: string, text: string): object => {
      return {
        type: 'message',
        role: 'assistant',
        phase,
        content: [{ type: 'output_text', text, annotations: [] }],
      };
    };
    const answer = { mood: 'wild', note: null, count: 2 };
    const transport = new MockHttpTransport()
      .respond({
        json: {
          id: 'resp_1',
          status: 'completed',
          output: [
            message('commentary', 'Let me see.'),
            message('final_answer', JSON.stringify(answer)),
          ],
        },
      })
      .respond({ json: { id: 'resp_2', status: 'in_progress', output: [message('', '{"mo')] } });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const request = { ...REQUEST, text: { format: FORMAT } };
    const { output_parsed: parsed } = await other.responses.parse(request);
    expect(parsed).toEqual({ ...answer, count: '2 times' });
    const begun = await other.responses.parse(request);
    expect(begun).toMatchObject({ status: 'in_progress', output_parsed: null });
  });

  it('never streams, whatever the request says', async () => {
    const request = { ...REQUEST, stream: true, text: { format: FORMAT } };
    const { output_parsed: parsed } = await client.responses.parse(request);
    expect(parsed).toMatchObject({ mood: 'calm' });
  });

  it.each([
    [zodTextFormat(z.object({ a: z.string().optional() }), 'a'), 'a'],
    [zodTextFormat(z.array(z.string()), 'a'), ''],
    [standardTextFormat(Answer, 'not a name'), 'text.format.name'],
  ])('sends nothing for a schema that the API would not take: %#', async (format, path) => {
    const request = { ...REQUEST, text: { format } };
    const ways = [
      client.responses.parse(request),
      client.responses.stream(request),
      client.responses.create(request),
    ];
    for (const call of ways) {
      const error = await failure(call);
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues.map((issue) => issue.path)).toEqual([path]);
    }
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('a stream that is read by a schema', () => {
  it('gives its events as they came, and may be asked for its end again', async () => {
    const stream = await client.responses.stream({ ...REQUEST, text: { format: FORMAT } });
    let last: unknown;
    for await (const event of stream) last = event;
    const response = await stream.finalResponse();
    expect(await stream.finalResponse()).toEqual(response);
    expect(JSON.stringify(last)).not.toContain('parsed');
    expect(stream.currentResponse).not.toHaveProperty('output_parsed');
  });
});

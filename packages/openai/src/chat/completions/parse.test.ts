import {
  ContentFilterError,
  InvalidOutputError,
  LengthFinishReasonError,
  RefusalError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';
import { zodFunction, standardResponseFormat, zodResponseFormat } from '@integrations/provider';

const Answer = z.object({
  steps: z.array(z.object({ text: z.string(), n: z.int() })).min(2),
  mood: z.enum(['calm', 'wild']),
  when: z.iso.datetime(),
  mail: z.email(),
  note: z.string().nullable(),
  count: z.number().transform((n) => `${n} times`),
});
const FORMAT = zodResponseFormat(Answer, 'answer', { description: 'What was found.' });
const REQUEST = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'What does a ledger keep?' }],
} as const;

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

/** The same answer whole and as a stream. */
const WAYS = [
  {
    way: 'parse',
    ask: (metadata: Record<string, string>) =>
      client.chat.completions.parse({ ...REQUEST, metadata, response_format: FORMAT }),
  },
  {
    way: 'stream',
    ask: async (metadata: Record<string, string>) => {
      const request = { ...REQUEST, metadata, response_format: FORMAT };
      const stream = await client.chat.completions.stream(request);
      return stream.finalCompletion();
    },
  },
];

describe.each(WAYS)('chat.completions.$way', ({ ask }) => {
  it('gives what the schema makes of the answer', async () => {
    const { choices } = await ask({});
    const parsed = choices[0]?.message.parsed;
    expectTypeOf(parsed).toEqualTypeOf<z.output<typeof Answer> | null | undefined>();
    expect(parsed).toEqual({
      steps: [
        { text: expect.any(String), n: 1 },
        { text: expect.any(String), n: 1 },
      ],
      mood: 'calm',
      when: expect.any(String),
      mail: expect.any(String),
      note: expect.any(String),
      count: '1 times',
    });
    expect(simulator.requests[0]?.body).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, description: 'What was found.' },
      },
    });
  });

  it.each([
    ['refusal', RefusalError, { refusal: expect.stringContaining('sorry') }],
    ['length', LengthFinishReasonError, {}],
    ['content_filter', ContentFilterError, { provider: 'openai' }],
    ['invalid_json', InvalidOutputError, { issues: [] }],
    ['wrong_shape', InvalidOutputError, { message: expect.stringContaining('steps: ') }],
  ])('throws for %s', async (answer, type, details) => {
    const asked = Promise.resolve(ask({ simulator_answer: answer }));
    const error: unknown = await asked.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ requestId: expect.stringMatching(/^req_/), ...details });
  });
});

describe('chat.completions.parse', () => {
  it('keeps the response and its id', async () => {
    const { data, response, requestId } = await client.chat.completions
      .parse({ ...REQUEST, response_format: FORMAT })
      .withResponse();
    expect(response.status).toBe(200);
    expect(data.requestId).toBe(requestId);
  });

  it('gives JSON of any kind for a plain JSON schema, and nothing without one', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' } } };
    const plain = await client.chat.completions.parse({
      ...REQUEST,
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
    });
    expectTypeOf(plain.choices[0]?.message.parsed).toEqualTypeOf<unknown>();
    expect(plain.choices[0]?.message.parsed).toEqual({ a: 1 });
    const none = await client.chat.completions.parse({ ...REQUEST, max_completion_tokens: 2 });
    expectTypeOf(none.choices[0]?.message.parsed).toEqualTypeOf<null | undefined>();
    expect(none.choices[0]).toMatchObject({ finish_reason: 'length', message: { parsed: null } });
  });

  it('reads the arguments of strict tools', async () => {
    const parameters = z.object({ city: z.string().transform((city) => city.toUpperCase()) });
    const strict = { type: 'object', properties: {}, required: [], additionalProperties: false };
    const completion = await client.chat.completions.parse({
      ...REQUEST,
      messages: [
        {
          role: 'user',
          content: 'get_weather {"city":"Oslo"}, plain {"a":1}, loose {"b":1}, run "x"',
        },
      ],
      response_format: FORMAT,
      tools: [
        zodFunction({ name: 'get_weather', parameters }),
        { type: 'function', function: { name: 'plain', strict: true, parameters: strict } },
        { type: 'function', function: { name: 'loose' } },
        { type: 'custom', custom: { name: 'run' } },
      ],
    });
    const [choice] = completion.choices;
    expect(choice?.message.parsed).toBeNull();
    const calls = choice?.message.tool_calls ?? [];
    expect(
      calls.map((call) => (call.type === 'function' ? call.function.parsed_arguments : call.type)),
    ).toEqual([{ city: 'OSLO' }, { a: 1 }, null, 'custom']);
  });

  it('says which arguments are wrong', async () => {
    const call = client.chat.completions.parse({
      ...REQUEST,
      messages: [{ role: 'user', content: 'get_weather {"city":7}' }],
      tools: [zodFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) })],
    });
    await expect(call).rejects.toMatchObject({
      code: 'invalid_output',
      issues: [{ path: 'city' }],
      message: expect.stringContaining('the input of "get_weather"'),
    });
  });

  it('never streams, whatever the request says', async () => {
    const request = { ...REQUEST, stream: true, response_format: FORMAT };
    const { choices } = await client.chat.completions.parse(request as typeof REQUEST);
    expect(choices[0]?.message.parsed).toMatchObject({ mood: 'calm' });
  });

  it.each([
    [zodResponseFormat(z.object({ a: z.string().optional() }), 'a'), 'a'],
    [zodResponseFormat(z.array(z.string()), 'a'), ''],
    [standardResponseFormat(Answer, 'not a name'), 'response_format.json_schema.name'],
  ])('sends nothing for a schema that the API would not take: %#', async (format, path) => {
    const ways = [
      client.chat.completions.parse({ ...REQUEST, response_format: format }),
      client.chat.completions.stream({ ...REQUEST, response_format: format }),
      client.chat.create({ ...REQUEST, response_format: format }),
    ];
    for (const call of ways) {
      const error: unknown = await Promise.resolve<unknown>(call).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues.map((issue) => issue.path)).toEqual([path]);
    }
    expect(simulator.requests).toHaveLength(0);
  });
});

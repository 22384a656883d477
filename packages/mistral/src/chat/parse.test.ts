import {
  InvalidOutputError,
  LengthFinishReasonError,
  ServerError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import { standardFunction, standardResponseFormat } from '@integrations/provider';

const Answer = v.object({
  city: v.string(),
  days: v.pipe(
    v.number(),
    v.transform((days) => `${days} days`),
  ),
});
const FORMAT = standardResponseFormat(Answer, 'answer', {
  description: 'What was found.',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city', 'days'],
  },
});
const REQUEST = {
  model: 'mistral-small-latest',
  messages: [{ role: 'user', content: 'How long is the trip to Oslo?' }],
} as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
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
      client.chat.parse({ ...REQUEST, metadata, response_format: FORMAT }),
  },
  {
    way: 'parseStream',
    ask: async (metadata: Record<string, string>) => {
      const request = { ...REQUEST, metadata, response_format: FORMAT };
      const stream = await client.chat.parseStream(request);
      return stream.finalCompletion();
    },
  },
];

describe.each(WAYS)('chat.$way', ({ ask }) => {
  it('gives what the schema makes of the answer', async () => {
    const { choices } = await ask({});
    const parsed = choices[0]?.message.parsed;
    expectTypeOf(parsed).toEqualTypeOf<v.InferOutput<typeof Answer> | null | undefined>();
    expect(parsed).toEqual({ city: expect.any(String), days: expect.stringMatching(/^\d+ days$/) });
    expect(simulator.requests[0]?.body).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          description: 'What was found.',
          schema: { additionalProperties: false, required: ['city', 'days'] },
        },
      },
    });
  });

  it.each<[string, new (message: string) => Error]>([
    ['length', LengthFinishReasonError],
    ['model_length', LengthFinishReasonError],
    ['error', ServerError],
    ['invalid_json', InvalidOutputError],
    ['wrong_shape', InvalidOutputError],
  ])('tells of an answer that cannot be read: %s', async (simulator_answer, type) => {
    const error: unknown = await ask({ simulator_answer }).then(
      () => 'an answer',
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message: expect.stringContaining('mistral chat.') });
  });
});

describe('what is parsed', () => {
  /** A client that is answered with this message. */
  function answeredWith(message: object): MistralClient {
    const choices = [
      { index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' },
    ];
    const json = { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices };
    const transport = new MockHttpTransport().respond({ json });
    return createMistralClient({ apiKey: 'test-key', transport });
  }

  it('is the text, without the thoughts before it', async () => {
    const other = answeredWith({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: '{"city":' }] },
        { type: 'text', text: '{"city":"Oslo",' },
        { type: 'text', text: '"days":2}' },
      ],
    });
    const { choices } = await other.chat.parse({ ...REQUEST, response_format: FORMAT });
    expect(choices[0]?.message.parsed).toEqual({ city: 'Oslo', days: '2 days' });
  });

  it.each(['{"city":"Oslo"}', { city: 'Oslo' }])('are the arguments %j', async (args) => {
    const weather = standardFunction({
      name: 'weather',
      parameters: v.object({ city: v.string() }),
      schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    });
    const called = { id: 'D681PevKs', function: { name: 'weather', arguments: args } };
    const other = answeredWith({ content: '', tool_calls: [called] });
    const { choices } = await other.chat.parse({ ...REQUEST, tools: [weather] });
    const message = choices[0]?.message;
    expect(message?.parsed).toBeNull();
    expect(message?.tool_calls?.[0]?.function).toEqual({
      name: 'weather',
      arguments: args,
      parsed_arguments: { city: 'Oslo' },
    });
  });

  it('is nothing where no schema was given', async () => {
    const { choices } = await answeredWith({ content: 'Hi' }).chat.parse(REQUEST);
    expect(choices[0]?.message).toMatchObject({ content: 'Hi', parsed: null });
  });

  it('needs a schema that JSON can tell', async () => {
    const format = standardResponseFormat(v.object({ city: v.string() }), 'answer');
    const call = client.chat.parse({ ...REQUEST, response_format: format });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      message: expect.stringContaining('response format "answer"'),
    });
    expect(simulator.requests).toHaveLength(0);
  });
});

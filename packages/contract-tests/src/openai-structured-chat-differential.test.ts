import {
  standardResponseFormat,
  zodFunction as ourFunction,
  zodResponseFormat as ourFormat,
} from '@integrations/openai';
import type { ChatCompletionStream } from 'openai/lib/ChatCompletionStream';
import { standardResponseFormat as theirStandardFormat } from 'openai/helpers/standard-schema';
import { zodFunction as theirFunction, zodResponseFormat as theirFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BothClients, connectBoth, lastRequest, withoutTime } from './both-clients.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

beforeEach(() => {
  both.oursSees.clearRequests();
  both.theirsSees.clearRequests();
});

const Address = z.object({ street: z.string(), number: z.int().positive() });
const SCHEMAS: readonly (readonly [string, z.ZodType])[] = [
  ['flat', z.object({ name: z.string().describe('Of the person.'), age: z.number() })],
  ['nested', z.object({ home: Address, others: z.array(Address).max(3) })],
  ['with null', z.object({ note: z.string().nullable(), mail: z.email().nullable().optional() })],
  ['with choices', z.object({ mood: z.enum(['calm', 'wild']), kind: z.literal('x') })],
  ['a union', z.object({ id: z.union([z.string(), z.number()]) })],
  [
    'told apart',
    z.object({
      shape: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('circle'), r: z.number() }),
        z.object({ kind: z.literal('square'), a: z.number() }),
      ]),
    }),
  ],
  ['with formats', z.object({ when: z.iso.datetime(), id: z.uuid(), text: z.string().max(20) })],
];

const MESSAGES = [{ role: 'user' as const, content: 'What does a ledger keep?' }];
const REQUEST = { model: 'gpt-4o-mini', messages: MESSAGES };

describe('zodResponseFormat', () => {
  it.each(SCHEMAS)('sends the same: %s', (_what, schema) => {
    const options = { description: 'Something.' };
    const ours = ourFormat(schema, 'answer', options);
    expect(JSON.parse(JSON.stringify(ours))).toEqual(
      JSON.parse(JSON.stringify(theirFormat(schema, 'answer', options))),
    );
  });

  it.each(SCHEMAS)('sends the same as a Standard Schema: %s', (_what, schema) => {
    const ours = standardResponseFormat(schema, 'answer');
    expect(JSON.parse(JSON.stringify(ours))).toEqual(
      JSON.parse(JSON.stringify(theirStandardFormat(schema as never, 'answer'))),
    );
  });

  it.each<[string, z.ZodType]>([
    ['optional', z.object({ a: z.string().optional() })],
    ['a list', z.array(z.string())],
    ['a record', z.object({ a: z.record(z.string(), z.string()) })],
    ['a tuple', z.object({ a: z.tuple([z.string()]) })],
    ['a set', z.object({ a: z.set(z.string()) })],
  ])('refuses the same: %s', (_what, schema) => {
    expect(() => theirFormat(schema, 'answer')).toThrow();
    expect(() => JSON.stringify(ourFormat(schema, 'answer'))).toThrow();
  });
});

describe('chat.completions.parse', () => {
  it.each(SCHEMAS)('reads the same: %s', async (_what, schema) => {
    const ours = await both.ours.chat.completions.parse({
      ...REQUEST,
      response_format: ourFormat(schema, 'answer'),
    });
    const theirs = await both.theirs.chat.completions.parse({
      ...REQUEST,
      response_format: theirFormat(schema, 'answer'),
    });
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
    expect(withoutTime(ours)).toEqual(withoutTime(theirs));
    expect(ours.choices[0]?.message.parsed).not.toBeNull();
  });

  it('reads the arguments of tools the same', async () => {
    const tool = { name: 'get_weather', parameters: z.object({ city: z.string() }) };
    const messages = [{ role: 'user' as const, content: 'get_weather {"city":"Oslo"}' }];
    const ours = await both.ours.chat.completions.parse({
      ...REQUEST,
      messages,
      tools: [ourFunction(tool)],
    });
    const theirs = await both.theirs.chat.completions.parse({
      ...REQUEST,
      messages,
      tools: [theirFunction(tool)],
    });
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
    expect(withoutTime(ours)).toEqual(withoutTime(theirs));
  });

  it.each(['length', 'content_filter', 'invalid_json', 'wrong_shape'])(
    'throws where theirs does: %s',
    async (answer) => {
      const request = { ...REQUEST, metadata: { simulator_answer: answer } };
      const schema = z.object({ a: z.string() });
      const settled = await Promise.allSettled([
        both.ours.chat.completions.parse({ ...request, response_format: ourFormat(schema, 'a') }),
        both.theirs.chat.completions.parse({
          ...request,
          response_format: theirFormat(schema, 'a'),
        }),
      ]);
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    },
  );
});

/** Every event of theirs that ours has too, as ours names it. */
function recordTheirs(stream: ChatCompletionStream<unknown>): object[] {
  const events: object[] = [];
  const names = [
    'content.delta',
    'content.done',
    'refusal.delta',
    'refusal.done',
    'tool_calls.function.arguments.delta',
    'tool_calls.function.arguments.done',
  ] as const;
  for (const type of names) stream.on(type, (event: object) => events.push({ type, ...event }));
  return events;
}

/** Theirs reads half an answer too, and does not say which choice it is. */
function comparable(event: object): unknown {
  const {
    choice: _choice,
    parsed,
    parsed_arguments: read,
    ...rest
  } = event as Record<string, unknown>;
  const isDone = String(rest['type']).endsWith('.done');
  return JSON.parse(JSON.stringify(isDone ? { ...rest, parsed, read } : rest));
}

describe('chat.completions.stream', () => {
  const tool = { name: 'get_weather', parameters: z.object({ city: z.string() }) };
  const calling = 'get_weather {"city":"Oslo"} and get_weather {"city":"Rome and Bergen"}';

  it.each([
    ['a text', {}],
    ['a refusal', { metadata: { simulator_answer: 'refusal' } }],
    ['calls', { messages: [{ role: 'user' as const, content: calling }] }],
  ])('gives the same events: %s', async (_what, parameters) => {
    const schema = z.object({ a: z.string(), b: z.array(z.number()) });
    const request = { ...REQUEST, ...parameters };
    const ours = await both.ours.chat.completions.stream({
      ...request,
      response_format: ourFormat(schema, 'answer'),
      tools: [ourFunction(tool)],
    });
    const events: object[] = [];
    for await (const event of ours.events()) {
      if (event.type !== 'chunk') events.push(event);
    }
    const theirs = both.theirs.chat.completions.stream({
      ...request,
      response_format: theirFormat(schema, 'answer'),
      tools: [theirFunction(tool)],
    });
    const theirEvents = recordTheirs(theirs);
    await theirs.done();
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
    expect(events.map(comparable)).toEqual(theirEvents.map(comparable));
    expect(events.length).toBeGreaterThan(4);
  });

  it('reads the same at the end', async () => {
    const schema = z.object({ a: z.string() });
    const stream = await both.ours.chat.completions.stream({
      ...REQUEST,
      response_format: ourFormat(schema, 'answer'),
    });
    const theirs = both.theirs.chat.completions.stream({
      ...REQUEST,
      response_format: theirFormat(schema, 'answer'),
    });
    // Theirs drops the tier that the chunks name.
    const { service_tier: _tier, ...ours } = await stream.finalCompletion();
    const { service_tier: _theirTier, ...final } = await theirs.finalChatCompletion();
    expect(withoutTime(ours)).toEqual(withoutTime(final));
  });
});

describe('chat.completions.runTools', () => {
  const parameters = z.object({ city: z.string() });
  const options = {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters,
    function: ({ city }: { city: string }) => ({ city, sky: 'clear' }),
  };

  it.each([
    ['one call', 'get_weather {"city":"Oslo"}', {}],
    ['several calls', 'get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}', {}],
    ['no call', 'Hello.', {}],
    [
      'a function that is forced',
      'Hello.',
      { tool_choice: { type: 'function' as const, function: { name: 'get_weather' } } },
    ],
  ])('has the same conversation: %s', async (_what, content, choice) => {
    const request = { ...REQUEST, ...choice, messages: [{ role: 'user' as const, content }] };
    const ours = both.ours.chat.completions.runTools({
      tool_choice: 'auto',
      ...request,
      tools: [ourFunction(options)],
    });
    const theirs = both.theirs.chat.completions.runTools({
      ...request,
      tools: [theirFunction(options)],
    });
    expect(await ours.finalContent()).toEqual(await theirs.finalContent());
    expect(await ours.totalUsage()).toEqual(await theirs.totalUsage());
    // Theirs says that it wants no stream.
    const bodies = (server: BothClients['oursSees'], said: object): unknown[] =>
      server.requests.map(({ body }) => ({ ...(body as object), ...said }));
    const stream = { stream: false };
    expect(bodies(both.oursSees, stream)).toEqual(bodies(both.theirsSees, {}));
  });

  it('streams the same conversation', async () => {
    const content = 'get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}';
    const request = {
      ...REQUEST,
      tool_choice: 'auto' as const,
      messages: [{ role: 'user' as const, content }],
      stream: true as const,
    };
    const ours = both.ours.chat.completions.runTools({ ...request, tools: [ourFunction(options)] });
    const theirs = both.theirs.chat.completions.runTools({
      ...request,
      tools: [theirFunction(options)],
    });
    expect(await ours.finalContent()).toEqual(await theirs.finalContent());
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
  });
});

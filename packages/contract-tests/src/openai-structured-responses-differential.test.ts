import {
  standardResponsesFunction,
  standardTextFormat,
  zodResponsesFunction as ourFunction,
  zodTextFormat as ourFormat,
} from '@integrations/openai';
import {
  standardResponsesFunction as theirStandardFunction,
  standardTextFormat as theirStandardFormat,
} from 'openai/helpers/standard-schema';
import {
  zodResponsesFunction as theirFunction,
  zodTextFormat as theirFormat,
} from 'openai/helpers/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BothClients, connectBoth, lastRequest, withoutTime } from './both-clients.ts';
import { collectItems, compareCalls } from './compare-calls.test.support.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

beforeEach(() => {
  both.oursSees.clearRequests();
  both.theirsSees.clearRequests();
});

const SCHEMA = z.object({
  mood: z.enum(['calm', 'wild']),
  id: z.union([z.string(), z.number()]),
  steps: z.array(z.object({ text: z.string().max(20), note: z.string().nullable() })),
});
const REQUEST = { model: 'gpt-4o-mini', input: 'What does a ledger keep?' };
const CITY = z.object({ city: z.string() });

function wire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('zodTextFormat and zodResponsesFunction', () => {
  it('send the same', () => {
    const options = { description: 'Something.' };
    expect(wire(ourFormat(SCHEMA, 'answer', options))).toEqual(
      wire(theirFormat(SCHEMA, 'answer', options)),
    );
    const tool = { name: 'find', description: 'Finds.', parameters: CITY, defer_loading: true };
    expect(wire(ourFunction(tool))).toEqual(wire(theirFunction(tool)));
    const plain = { name: 'find', parameters: CITY };
    expect(wire(ourFunction(plain))).toEqual(wire(theirFunction(plain)));
  });

  it('send the same as Standard Schemas', () => {
    expect(wire(standardTextFormat(SCHEMA, 'answer'))).toEqual(
      wire(theirStandardFormat(SCHEMA as never, 'answer')),
    );
    const tool = { name: 'find', parameters: CITY };
    expect(wire(standardResponsesFunction(tool))).toEqual(
      wire(theirStandardFunction(tool as never)),
    );
  });
});

describe('responses.parse', () => {
  it.each([
    ['an answer', {}],
    ['instructions', { instructions: 'Quote.' }],
    ['thoughts', { reasoning: { summary: 'auto' as const } }],
  ])('reads the same: %s', async (_what, more) => {
    const result = await compareCalls(both, {
      ours: (client) =>
        client.responses.parse({ ...REQUEST, ...more, text: { format: ourFormat(SCHEMA, 'a') } }),
      theirs: (client) =>
        client.responses.parse({ ...REQUEST, ...more, text: { format: theirFormat(SCHEMA, 'a') } }),
    });
    expect(result).toMatchObject({ output_parsed: { mood: 'calm' } });
  });

  it('reads the arguments of functions the same', async () => {
    const input = 'get_weather {"city":"Oslo"}, plain {"a":1}, loose {"b":1}';
    const closed = { type: 'object', properties: {}, required: [], additionalProperties: false };
    const others = [
      { type: 'function' as const, name: 'plain', strict: true, parameters: closed },
      { type: 'function' as const, name: 'loose', strict: false, parameters: null },
    ];
    const tool = { name: 'get_weather', parameters: CITY };
    await compareCalls(both, {
      ours: (client) =>
        client.responses.parse({ ...REQUEST, input, tools: [ourFunction(tool), ...others] }),
      theirs: (client) =>
        client.responses.parse({ ...REQUEST, input, tools: [theirFunction(tool), ...others] }),
    });
  });

  it.each(['invalid_json', 'wrong_shape'])('throws where theirs does: %s', async (answer) => {
    const request = { ...REQUEST, metadata: { simulator_answer: answer } };
    const settled = await Promise.allSettled([
      both.ours.responses.parse({ ...request, text: { format: ourFormat(SCHEMA, 'a') } }),
      both.theirs.responses.parse({ ...request, text: { format: theirFormat(SCHEMA, 'a') } }),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('responses.stream', () => {
  it('gives the same events, and reads the same at the end', async () => {
    const ours = await both.ours.responses.stream({
      ...REQUEST,
      text: { format: ourFormat(SCHEMA, 'a') },
    });
    const theirs = both.theirs.responses.stream({
      ...REQUEST,
      text: { format: theirFormat(SCHEMA, 'a') },
    });
    const [mine, official] = await Promise.all([collectItems(ours), collectItems(theirs)]);
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
    expect(mine.map(({ type }) => type)).toEqual(official.map(({ type }) => type));
    expect(withoutTime(await ours.finalResponse())).toEqual(
      withoutTime(await theirs.finalResponse()),
    );
  });
});

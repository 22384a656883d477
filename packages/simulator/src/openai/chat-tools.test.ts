import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAT, dataOf, post } from '../post.test.support.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    strict: true,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const RUN = { type: 'custom', custom: { name: 'run' } };
const ASKING = { role: 'user', content: 'get_weather {"city": "Oslo"} and run "ls"' };
const REQUEST = { model: 'gpt-4o-mini', messages: [ASKING], tools: [WEATHER, RUN] };

interface Message {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly tool_calls?: readonly { readonly id: string }[];
}

async function ask(body: object): Promise<{ message: Message; finish_reason: string }> {
  const response = await post(simulator, CHAT, body);
  const { choices } = (await response.json()) as {
    readonly choices: readonly { message: Message; finish_reason: string }[];
  };
  const [choice] = choices;
  if (choice === undefined) throw new Error('there should be a choice');
  return choice;
}

async function refused(body: object): Promise<unknown> {
  const response = await post(simulator, CHAT, body);
  expect(response.status).toBe(400);
  const { error } = (await response.json()) as { readonly error: unknown };
  return error;
}

describe('tools of a chat', () => {
  it('are called when the last message asks for them', async () => {
    const { message, finish_reason: reason } = await ask(REQUEST);
    expect(reason).toBe('tool_calls');
    expect(message).toEqual({
      role: 'assistant',
      content: null,
      refusal: null,
      annotations: [],
      tool_calls: [
        {
          id: expect.stringMatching(/^call_\w{24}$/),
          type: 'function',
          function: { name: 'get_weather', arguments: '{"city": "Oslo"}' },
        },
        {
          id: expect.stringMatching(/^call_\w{24}$/),
          type: 'custom',
          custom: { name: 'run', input: 'ls' },
        },
      ],
    });
  });

  it('are streamed by pieces, one after the other', async () => {
    const response = await post(simulator, CHAT, { ...REQUEST, stream: true });
    const chunks = dataOf(await response.text())
      .slice(0, -1)
      .map((json) => JSON.parse(json) as { choices: { delta: object; finish_reason: unknown }[] });
    const deltas = chunks.map(({ choices }) => choices[0]?.delta);
    expect(deltas[0]).toEqual({ role: 'assistant', content: null, refusal: null });
    expect(deltas[1]).toEqual({
      tool_calls: [
        {
          index: 0,
          id: expect.any(String),
          type: 'function',
          function: { name: 'get_weather', arguments: '' },
        },
      ],
    });
    expect(deltas[2]).toEqual({ tool_calls: [{ index: 0, function: { arguments: '{"' } }] });
    const inputs = deltas
      .flatMap((delta) => (delta as { tool_calls?: { custom?: { input: string } }[] }).tool_calls)
      .map((call) => call?.custom?.input ?? '');
    expect(inputs.join('')).toBe('ls');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('answer with what they gave back', async () => {
    const { message: called } = await ask(REQUEST);
    const results = called.tool_calls?.map(({ id }, at) => ({
      role: 'tool',
      tool_call_id: id,
      content: `Result ${at}.`,
    }));
    const messages = [ASKING, called, ...(results ?? [])];
    const { message } = await ask({ ...REQUEST, messages });
    expect(message.content).toBe('Result 0. Result 1.');
  });

  it('are chosen as the request says', async () => {
    const none = await ask({ ...REQUEST, tool_choice: 'none' });
    expect(none.message.tool_calls).toBeUndefined();
    const messages = [{ role: 'user', content: 'hello' }];
    for (const choice of [
      'required',
      { type: 'function', function: { name: 'get_weather' } },
      { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [WEATHER] } },
    ]) {
      const { message } = await ask({ ...REQUEST, messages, tool_choice: choice });
      expect(message.tool_calls).toMatchObject([{ function: { name: 'get_weather' } }]);
    }
    const one = await ask({ ...REQUEST, parallel_tool_calls: false });
    expect(one.message.tool_calls).toHaveLength(1);
  });

  it.each([
    ['tools', { tools: [] }],
    ['tools', { tools: 'all' }],
    ['tools', { tools: Array.from({ length: 129 }, () => RUN) }],
    ['tools[0]', { tools: ['run'] }],
    ['tools[0].type', { tools: [{ type: 'magic' }] }],
    ['tools[0].function', { tools: [{ type: 'function' }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: { name: 'a b' } }] }],
    [
      'tools[0].function.parameters',
      { tools: [{ type: 'function', function: { name: 'a', strict: true } }] },
    ],
    ['tool_choice', { tools: undefined, tool_choice: 'auto' }],
    ['tool_choice', { tool_choice: 5 }],
    ['tool_choice', { tool_choice: { type: 'function', function: { name: 'none' } } }],
    ['tool_choice', { tool_choice: { type: 'custom' } }],
    ['tool_choice.allowed_tools.tools', { tool_choice: { type: 'allowed_tools' } }],
    [
      'tool_choice.allowed_tools.mode',
      { tool_choice: { type: 'allowed_tools', allowed_tools: { tools: [] } } },
    ],
  ])('a wrong %s is refused: %j', async (param, change) => {
    expect(await refused({ ...REQUEST, ...change })).toMatchObject({ param });
  });

  it('must be answered before anything else, and only once called', async () => {
    const called = {
      role: 'assistant',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
      ],
    };
    const result = { role: 'tool', tool_call_id: 'call_1', content: 'Sunny.' };
    for (const messages of [[called], [called, ASKING], [called, result, called]]) {
      expect(await refused({ ...REQUEST, messages })).toMatchObject({
        message: expect.stringContaining('call_1'),
      });
    }
    for (const messages of [
      [ASKING, result],
      [called, result, result],
    ]) {
      expect(await refused({ ...REQUEST, messages })).toMatchObject({
        message: expect.stringContaining("role 'tool'"),
      });
    }
  });
});

const FORMAT = {
  type: 'json_schema',
  json_schema: { name: 'weather', strict: true, schema: WEATHER.function.parameters },
};

describe('the form of an answer', () => {
  it('fits the schema', async () => {
    const { message } = await ask({ ...REQUEST, tools: undefined, response_format: FORMAT });
    expect(JSON.parse(message.content ?? '')).toEqual({ city: expect.any(String) });
  });

  it.each([
    [{ type: 'string' }, 'type: "object"'],
    [{ type: 'object', properties: {} }, "'additionalProperties' is required"],
    [{ type: 'object', properties: { a: {} }, additionalProperties: false }, "Missing 'a'"],
    [
      {
        type: 'object',
        additionalProperties: false,
        required: ['a'],
        properties: { a: { type: 'array', items: { anyOf: [{ oneOf: [] }] } } },
      },
      "In context=('properties', 'a', 'items', 'anyOf', '0'), 'oneOf' is not permitted",
    ],
  ])('is refused where its schema is not strict: %j', async (schema, message) => {
    const format = { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } };
    expect(await refused({ ...REQUEST, response_format: format })).toMatchObject({
      param: 'response_format',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['refusal', 'stop', null],
    ['length', 'length', '{"city'],
    ['content_filter', 'content_filter', ''],
    ['invalid_json', 'stop', expect.stringContaining('You asked')],
    ['wrong_shape', 'stop', expect.stringContaining('{"unexpected":')],
  ])('can be a %s', async (answer, reason, content) => {
    const choice = await ask({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'hi' }],
      response_format: FORMAT,
      metadata: { simulator_answer: answer },
    });
    expect(choice.finish_reason).toBe(reason);
    const expected =
      typeof content === 'string' && content !== '' ? expect.stringContaining(content) : content;
    expect(choice.message.content).toEqual(expected);
    expect(choice.message.refusal === null).toBe(answer !== 'refusal');
  });

  it('streams a refusal', async () => {
    const response = await post(simulator, CHAT, {
      ...REQUEST,
      stream: true,
      metadata: { simulator_answer: 'refusal' },
    });
    const refusals = dataOf(await response.text())
      .slice(0, -1)
      .map((json) => JSON.parse(json) as { choices: { delta: { refusal?: string } }[] })
      .map(({ choices }) => choices[0]?.delta.refusal ?? '');
    expect(refusals.filter((piece) => piece !== '').length).toBeGreaterThan(3);
    expect(refusals.join('')).toContain('sorry');
  });

  it('refuses an answer on demand that there is not', async () => {
    const metadata = { simulator_answer: 'poem' };
    expect(await refused({ ...REQUEST, metadata })).toMatchObject({
      param: 'metadata.simulator_answer',
    });
  });
});

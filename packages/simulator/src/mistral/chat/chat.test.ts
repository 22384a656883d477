import { describe, expect, it } from 'vitest';
import { CHAT, dataOf, post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';
import { ask } from '../ask.test.support.ts';

const MODEL = 'mistral-small-latest';
const TEXT = 'The breaker opens after five failures. It closes after ten seconds.';
const QUESTION = {
  model: MODEL,
  messages: [
    { role: 'system', content: TEXT },
    { role: 'user', content: 'When does the breaker open?' },
  ],
};
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
  { type: 'function', function: { name: 'get_time', parameters: {} } },
];
const WEATHER = {
  model: MODEL,
  messages: [{ role: 'user', content: 'Use get_weather {"city":"Oslo"}' }],
  tools: TOOLS,
};

interface ToolCall {
  readonly id?: string;
  readonly index: number;
  readonly function: { readonly name?: string; readonly arguments: unknown };
}

interface Choice {
  readonly index: number;
  readonly finish_reason: string | null;
  readonly message: { readonly content: unknown; readonly tool_calls: readonly ToolCall[] | null };
}

interface Chunk {
  readonly choices: readonly [
    {
      readonly index: number;
      readonly finish_reason: string | null;
      readonly delta: { readonly content?: unknown; readonly tool_calls?: readonly ToolCall[] };
    },
  ];
  readonly usage?: object;
}

async function choicesOf(simulator: Simulator, request: object): Promise<readonly Choice[]> {
  const { status, body } = await ask(simulator, 'POST', CHAT, request);
  expect([status, body]).toMatchObject([200, { object: 'chat.completion' }]);
  return body['choices'] as readonly Choice[];
}

async function chunksOf(simulator: Simulator, request: object): Promise<readonly Chunk[]> {
  const response = await post(simulator, CHAT, { ...request, stream: true });
  const data = dataOf(await response.text());
  expect(data.pop()).toBe('[DONE]');
  return data.map((each) => JSON.parse(each) as Chunk);
}

describe('a text', () => {
  it('comes as one body', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'POST', CHAT, QUESTION);
    expect(body).toMatchObject({
      object: 'chat.completion',
      model: MODEL,
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: {
            role: 'assistant',
            content: '"The breaker opens after five failures."',
            tool_calls: null,
          },
        },
      ],
    });
  });

  it('comes as a stream, whose last chunk has the usage', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'POST', CHAT, QUESTION);
    const chunks = await chunksOf(simulator, QUESTION);
    expect(chunks.map(({ choices: [{ delta }] }) => delta.content).join('')).toBe(
      '"The breaker opens after five failures."',
    );
    expect(chunks.filter(({ usage }) => usage !== undefined)).toEqual([chunks.at(-1)]);
    expect(chunks.at(-1)).toMatchObject({
      choices: [{ finish_reason: 'stop' }],
      usage: { total_tokens: (body['usage'] as { readonly total_tokens: number }).total_tokens },
    });
  });

  it('comes as often as is asked for', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const choices = await choicesOf(simulator, { ...QUESTION, n: 3 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    const chunks = await chunksOf(simulator, { ...QUESTION, n: 2 });
    const texts = [0, 1].map((index) =>
      chunks
        .filter(({ choices: [choice] }) => choice.index === index)
        .map(({ choices: [{ delta }] }) => delta.content)
        .join(''),
    );
    expect(texts).toEqual([choices[0]?.message.content, choices[0]?.message.content]);
  });

  it.each([
    [{ stop: ' after' }, 'stop', '"The breaker opens'],
    [{ stop: ['five', 'opens'] }, 'stop', '"The breaker '],
    [{ max_tokens: 2 }, 'length', '"The'],
    [{ metadata: { simulator_answer: 'model_length' } }, 'model_length', '"The breaker opens a'],
    [{ metadata: { simulator_answer: 'error' } }, 'error', '"The breaker opens a'],
  ])('ends where %j says', async (change, reason, content) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const [choice] = await choicesOf(simulator, { ...QUESTION, ...change });
    expect(choice).toMatchObject({ finish_reason: reason, message: { content } });
  });

  it('begins with the prefix it is given', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const prefix = { role: 'assistant', content: 'Sir, ', prefix: true };
    const request = { ...QUESTION, messages: [...QUESTION.messages, prefix] };
    const [choice] = await choicesOf(simulator, request);
    expect(choice?.message.content).toBe('Sir, "The breaker opens after five failures."');
  });

  it('comes after a thought, if the model is to think', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const request = { ...QUESTION, prompt_mode: 'reasoning' };
    const [choice] = await choicesOf(simulator, request);
    const content = choice?.message.content;
    const [thought, said] = content as [
      { readonly thinking: readonly [{ readonly text: string }] },
      { readonly text: string },
    ];
    expect(thought).toMatchObject({ type: 'thinking', closed: true });
    const contents = (await chunksOf(simulator, request)).map(
      ({ choices: [{ delta }] }) => delta.content,
    );
    const texts = contents.filter((content) => typeof content === 'string');
    expect(texts.join('')).toBe(said.text);
    const thoughts = contents.flatMap((content) =>
      Array.isArray(content) ? (content as readonly (typeof thought)[]) : [],
    );
    expect(thoughts.map(({ thinking: [{ text }] }) => text).join('')).toBe(
      thought.thinking[0].text,
    );
    const high = await choicesOf(simulator, { ...QUESTION, reasoning_effort: 'high' });
    expect(high[0]?.message.content).toEqual(choice?.message.content);
    const none = await choicesOf(simulator, { ...QUESTION, reasoning_effort: 'none' });
    expect(none[0]?.message.content).toBe(said.text);
  });

  it.each([
    [{ type: 'json_object' }, {}, { answer: '"The breaker opens after five failures."' }],
    [
      {
        type: 'json_schema',
        json_schema: {
          name: 'x',
          schema: { type: 'object', properties: { yes: { type: 'boolean' } } },
        },
      },
      {},
      { yes: true },
    ],
    [
      { type: 'json_object' },
      { simulator_answer: 'wrong_shape' },
      { unexpected: '"The breaker opens after five failures."' },
    ],
  ])('has the form %j', async (format, metadata, expected) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const request = { ...QUESTION, response_format: format, metadata };
    const [choice] = await choicesOf(simulator, request);
    expect(JSON.parse(String(choice?.message.content))).toEqual(expected);
  });
});

describe('the usage', () => {
  it('knows the messages again that an earlier prompt began with', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const usage = async (request: object): Promise<unknown> =>
      (await ask(simulator, 'POST', CHAT, request)).body['usage'];
    expect(await usage(QUESTION)).toMatchObject({
      num_cached_tokens: 0,
      prompt_tokens_details: { cached_tokens: 0 },
    });
    const again = (await usage(QUESTION)) as { readonly prompt_tokens: number };
    expect(again).toMatchObject({
      num_cached_tokens: again.prompt_tokens,
      prompt_tokens_details: { cached_tokens: again.prompt_tokens },
    });
    const [first] = QUESTION.messages;
    const other = { ...QUESTION, messages: [first, { role: 'user', content: 'Why?' }] };
    const partly = (await usage(other)) as { readonly num_cached_tokens: number };
    expect(partly.num_cached_tokens).toBeGreaterThan(0);
    expect(partly.num_cached_tokens).toBeLessThan(again.prompt_tokens);
    expect(await usage({ ...QUESTION, model: 'mistral-large-latest' })).toMatchObject({
      num_cached_tokens: 0,
    });
  });
});

describe('tools', () => {
  it('are called by ids of nine letters and digits', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const [choice] = await choicesOf(simulator, WEATHER);
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: '',
        tool_calls: [
          {
            id: expect.stringMatching(/^[A-Za-z0-9]{9}$/),
            type: 'function',
            index: 0,
            function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
          },
        ],
      },
    });
  });

  it.each([
    ['any', 'get_weather'],
    ['required', 'get_weather'],
    [{ type: 'function', function: { name: 'get_time' } }, 'get_time'],
    ['auto', undefined],
    ['none', undefined],
  ])('are called by the choice %j', async (choice, name) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const request = { ...QUESTION, tools: TOOLS, tool_choice: choice };
    const [{ message } = { message: undefined }] = await choicesOf(simulator, request);
    expect(message?.tool_calls?.[0]?.function.name).toBe(name);
  });

  it('are answered by what they say', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const [choice] = await choicesOf(simulator, WEATHER);
    const [call] = choice?.message.tool_calls ?? [];
    const messages = [
      ...WEATHER.messages,
      choice?.message,
      { role: 'tool', tool_call_id: call?.id, name: 'get_weather', content: 'It rains.' },
    ];
    const [answered] = await choicesOf(simulator, { ...WEATHER, messages });
    expect(answered).toMatchObject({ finish_reason: 'stop', message: { content: 'It rains.' } });
  });

  it('have arguments as an object, if that is asked for', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const metadata = { simulator_answer: 'object_arguments' };
    const [choice] = await choicesOf(simulator, { ...WEATHER, metadata });
    expect(choice?.message.tool_calls?.[0]?.function.arguments).toEqual({ city: 'Oslo' });
  });

  it('are called with what was asked for, even if it is no JSON', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const messages = [{ role: 'user', content: 'Use get_weather {city' }];
    const metadata = { simulator_answer: 'object_arguments' };
    const [choice] = await choicesOf(simulator, { ...WEATHER, messages, metadata });
    expect(choice?.message.tool_calls?.[0]?.function.arguments).toBe('{city');
  });

  async function streamedCalls(answer?: string): Promise<readonly ToolCall[]> {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const metadata = answer === undefined ? {} : { simulator_answer: answer };
    const chunks = await chunksOf(simulator, { ...WEATHER, metadata });
    expect(chunks.at(-1)?.choices[0].finish_reason).toBe('tool_calls');
    return chunks.flatMap(({ choices: [{ delta }] }) => delta.tool_calls ?? []);
  }

  it('are streamed whole', async () => {
    expect(await streamedCalls()).toMatchObject([
      { index: 0, function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
    ]);
  });

  it.each([
    ['tool_call_pieces', undefined, undefined],
    ['tool_call_nulls', 'null', ''],
  ])('are streamed by pieces for %s', async (answer, id, name) => {
    const [first, ...rest] = await streamedCalls(answer);
    expect(first).toMatchObject({
      id: expect.stringMatching(/^[A-Za-z0-9]{9}$/),
      function: { name: 'get_weather', arguments: '' },
    });
    expect(rest.map((call) => call.function.arguments).join('')).toBe('{"city":"Oslo"}');
    expect(rest.length).toBeGreaterThan(1);
    for (const call of rest)
      expect([call.index, call.id, call.function.name]).toEqual([0, id, name]);
  });
});

describe('a request', () => {
  const user = { role: 'user', content: 'Hello?' };
  const called = {
    role: 'assistant',
    tool_calls: [{ id: 'abcdefghi', function: { name: 'f', arguments: '{}' } }],
  };
  const told = { role: 'tool', tool_call_id: 'abcdefghi', content: 'x' };

  it('may have all that the API knows', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const parts = [
      { type: 'text', text: 'Look:' },
      { type: 'image_url', image_url: 'https://example.com/a.png' },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'document_url', document_url: 'https://example.com/a.pdf' },
      { type: 'reference', reference_ids: [1, 'a'] },
      { type: 'file', file_id: 'f' },
      { type: 'input_audio', input_audio: 'AAAA' },
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
    ];
    const { status, body } = await ask(simulator, 'POST', CHAT, {
      model: MODEL,
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'x' }] },
        user,
        called,
        told,
        { role: 'user', content: parts },
      ],
      temperature: 1.5,
      top_p: 1,
      max_tokens: null,
      stop: null,
      random_seed: 0,
      presence_penalty: -2,
      frequency_penalty: 2,
      tools: [...TOOLS, { type: 'web_search' }],
      parallel_tool_calls: false,
      prediction: { type: 'content', content: 'x' },
      prompt_mode: null,
      guardrails: [{ block_on_error: true }],
      prompt_cache_key: 'k',
      service_tier: 'auto',
      safe_prompt: true,
    });
    expect([status, body['object']]).toEqual([200, 'chat.completion']);
  });

  it.each([
    [{ messages: [] }, 'too_short'],
    [{ messages: undefined }, 'missing'],
    [{ messages: [{ role: 'developer', content: 'x' }] }, 'union_tag_invalid'],
    [{ messages: [{ ...user, id: 'x' }] }, 'extra_forbidden'],
    [{ user: 'me' }, 'extra_forbidden'],
    [{ stream_options: { include_usage: true } }, 'extra_forbidden'],
    [{ max_completion_tokens: 5 }, 'extra_forbidden'],
    [{ temperature: 1.6 }, 'less_than_equal'],
    [{ n: 0 }, 'greater_than_equal'],
    [{ response_format: { type: 'json_schema' } }, 'missing'],
    [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'missing'],
    [{ tools: Array.from({ length: 129 }, () => TOOLS[0]) }, 'too_long'],
    [{ metadata: { simulator_answer: 'refusal' } }, 'literal_error'],
  ])('is refused with 422 for %j', async (change, type) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'POST', CHAT, { ...QUESTION, ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      object: 'error',
      type: 'invalid_request_error',
      message: { detail: expect.arrayContaining([expect.objectContaining({ type })]) },
    });
  });

  it.each([
    [{ model: 'none' }, 'invalid_model', '1500'],
    [{ model: 'mistral-embed' }, 'invalid_model', '1500'],
    [
      { messages: [user, { role: 'assistant', content: 'x' }] },
      'invalid_request_message_order',
      '3230',
    ],
    [{ messages: [user, called, user] }, 'invalid_request_message_order', '3230'],
    [{ messages: [user, called] }, 'invalid_request_message_order', '3230'],
    [{ messages: [told] }, 'invalid_request_message_order', '3230'],
    [
      { messages: [user, called, { ...told, tool_call_id: 'call_1' }] },
      'invalid_function_call',
      '3280',
    ],
    [{ tool_choice: { function: { name: 'none' } } }, 'invalid_request_error', null],
  ])('is refused with 400 for %j', async (change, type, code) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'POST', CHAT, { ...QUESTION, ...change });
    expect([status, body['type'], body['code']]).toEqual([400, type, code]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAT, dataOf, post, QUESTION, STREAMED_QUESTION } from '../post.test.support.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

interface Chunk {
  readonly choices: readonly {
    readonly index: number;
    readonly delta: { readonly role?: string; readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: unknown;
}

async function chunksOf(body: object): Promise<Chunk[]> {
  const text = await post(simulator, CHAT, { ...STREAMED_QUESTION, ...body }).then((response) =>
    response.text(),
  );
  const data = dataOf(text);
  expect(data.at(-1)).toBe('[DONE]');
  return data.slice(0, -1).map((json) => JSON.parse(json) as Chunk);
}

async function contentOf(
  body: object,
): Promise<{ readonly content: string; readonly finish: string; readonly tokens: number }> {
  const completion = (await post(simulator, CHAT, { ...QUESTION, ...body }).then((response) =>
    response.json(),
  )) as {
    readonly choices: readonly {
      readonly message: { readonly content: string };
      readonly finish_reason: string;
    }[];
    readonly usage: { readonly completion_tokens: number };
  };
  const [choice] = completion.choices;
  return {
    content: choice?.message.content ?? '',
    finish: choice?.finish_reason ?? '',
    tokens: completion.usage.completion_tokens,
  };
}

describe('POST /v1/chat/completions', () => {
  it('answers with every field the API sends', async () => {
    const before = Math.floor(new Date().getTime() / 1000);
    const response = await post(simulator, CHAT, QUESTION);
    const body = (await response.json()) as { readonly created: number };
    expect(body).toEqual({
      id: expect.stringMatching(/^chatcmpl-\w{29}$/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'gpt-4o-mini-2024-07-18',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: expect.stringContaining('breaker'),
            refusal: null,
            annotations: [],
          },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 13,
        completion_tokens: 17,
        total_tokens: 30,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
      service_tier: 'default',
      system_fingerprint: expect.stringMatching(/^fp_[0-9a-f]{10}$/),
    });
    expect(body.created).toBeGreaterThanOrEqual(before);
  });

  it('quotes from content parts and system messages', async () => {
    const messages = [
      {
        role: 'system',
        content: '[a.md] The breaker opens after five failures.\n[b.md] Bread needs flour.',
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'When does the breaker open?' },
          { type: 'image_url', image_url: { url: 'x' } },
        ],
      },
    ];
    expect((await contentOf({ messages })).content).toBe(
      '"The breaker opens after five failures." [a.md]',
    );
  });

  it.each(['max_tokens', 'max_completion_tokens'])('stops at %s, and says so', async (name) => {
    const whole = await contentOf({});
    const cut = await contentOf({ [name]: 4 });
    expect(cut).toMatchObject({ finish: 'length', tokens: 4 });
    expect(whole.content.startsWith(cut.content)).toBe(true);
    expect(await contentOf({ [name]: whole.tokens })).toEqual(whole);
  });

  it('stops before a stop sequence', async () => {
    expect(await contentOf({ stop: [' text', ' about'] })).toMatchObject({
      content: 'You asked',
      finish: 'stop',
    });
    expect(await contentOf({ stop: 'asked' })).toMatchObject({ content: 'You ', finish: 'stop' });
  });

  it('gives n choices, and counts the tokens of all', async () => {
    const one = await contentOf({});
    const body: unknown = await post(simulator, CHAT, { ...QUESTION, n: 3 }).then((response) =>
      response.json(),
    );
    expect(body).toMatchObject({
      choices: [{ index: 0 }, { index: 1 }, { index: 2 }],
      usage: { completion_tokens: 3 * one.tokens },
    });
  });

  it('answers as a JSON object if asked for one', async () => {
    const { content } = await contentOf({ response_format: { type: 'json_object' } });
    expect(JSON.parse(content)).toEqual({ answer: expect.stringContaining('breaker') });
  });

  it.each([
    ['model', { model: undefined }, 'missing_required_parameter'],
    ['model', { model: 4 }, 'invalid_type'],
    ['messages', { messages: undefined }, 'missing_required_parameter'],
    ['messages', { messages: 'hello' }, 'invalid_type'],
    ['messages', { messages: [] }, 'empty_array'],
    ['messages[0].role', { messages: [{ role: 'robot', content: 'x' }] }, 'invalid_value'],
    ['messages[0].content', { messages: [{ role: 'user' }] }, 'missing_required_parameter'],
    [
      'messages[0].content[0].text',
      { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'missing_required_parameter',
    ],
    [
      'messages[0].tool_call_id',
      { messages: [{ role: 'tool', content: 'x' }] },
      'missing_required_parameter',
    ],
    ['temperature', { temperature: 2.5 }, 'decimal_above_max_value'],
    ['n', { n: 0 }, 'integer_below_min_value'],
    ['max_tokens', { max_tokens: 1.5 }, 'invalid_type'],
    ['max_tokens', { max_tokens: 5, max_completion_tokens: 5 }, 'invalid_value'],
    ['stop', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'array_above_max_length'],
    ['stream', { stream: 'yes' }, 'invalid_type'],
    ['stream_options', { stream_options: { include_usage: true } }, 'invalid_value'],
    [
      'response_format.json_schema',
      { response_format: { type: 'json_schema' } },
      'missing_required_parameter',
    ],
    [
      'response_format.json_schema.name',
      { response_format: { type: 'json_schema', json_schema: {} } },
      'missing_required_parameter',
    ],
  ])('refuses a wrong %s with 400: %j', async (param, change, code) => {
    const response = await post(simulator, CHAT, { ...QUESTION, ...change });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringContaining(param.replace(/^.*\./, '')),
        type: 'invalid_request_error',
        param,
        code,
      },
    });
  });

  it('refuses models it does not have, and such that do not chat', async () => {
    const unknown = await post(simulator, CHAT, { ...QUESTION, model: 'gpt-none' });
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      error: { type: 'invalid_request_error', param: null, code: 'model_not_found' },
    });
    const embedding = await post(simulator, CHAT, { ...QUESTION, model: 'text-embedding-3-small' });
    expect(embedding.status).toBe(404);
    expect(await embedding.json()).toMatchObject({ error: { param: 'model', code: null } });
  });
});

describe('POST /v1/chat/completions with stream', () => {
  it('sends the role, the text by words, the end, and the end mark', async () => {
    const chunks = await chunksOf({});
    const { content } = await contentOf({});
    expect(chunks[0]).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion.chunk',
      created: expect.any(Number),
      model: 'gpt-4o-mini-2024-07-18',
      service_tier: 'default',
      system_fingerprint: expect.stringMatching(/^fp_/),
      choices: [
        {
          index: 0,
          delta: { role: 'assistant', content: '', refusal: null },
          logprobs: null,
          finish_reason: null,
        },
      ],
      obfuscation: expect.any(String),
    });
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(content);
    expect(chunks.at(-1)?.choices).toEqual([
      { index: 0, delta: {}, logprobs: null, finish_reason: 'stop' },
    ]);
    expect(new Set(chunks.map((chunk) => ('id' in chunk ? chunk.id : undefined))).size).toBe(1);
    expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
  });

  it('ends with usage and no choices if asked to, usage being null before', async () => {
    const chunks = await chunksOf({
      stream_options: { include_usage: true, include_obfuscation: false },
    });
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 13, completion_tokens: 17, total_tokens: 30 },
    });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.some((chunk) => 'obfuscation' in chunk)).toBe(false);
  });

  it('sends every choice, and the reason of a cut answer', async () => {
    const chunks = await chunksOf({ n: 2, max_tokens: 3 });
    const of = (index: number): Chunk['choices'] =>
      chunks.flatMap((chunk) => chunk.choices).filter((choice) => choice.index === index);
    expect(of(0).map((choice) => choice.delta)).toEqual(of(1).map((choice) => choice.delta));
    expect([of(0).at(-1)?.finish_reason, of(1).at(-1)?.finish_reason]).toEqual([
      'length',
      'length',
    ]);
  });

  it('sends as many words at once as it is set to, at the pace it is set to', async () => {
    await using own = await createSimulator({ wordsPerEvent: 5, eventGapMs: 1 });
    const text = await post(own, CHAT, STREAMED_QUESTION).then((response) => response.text());
    expect(dataOf(text)).toHaveLength(1 + 3 + 1 + 1);
    expect(text).toContain('"You asked about breaker, and"');
  });

  it('refuses a wrong request with a status, not in the stream', async () => {
    const response = await post(simulator, CHAT, { ...STREAMED_QUESTION, messages: [] });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/json',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const PATH = '/v1/responses';
const QUESTION = { model: 'gpt-4o-mini', input: 'What is a breaker?' };
const WEATHER = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

type Json = Readonly<Record<string, unknown>>;

async function send(path: string, body: object): Promise<Json> {
  const response = await post(simulator, path, body);
  return (await response.json()) as Json;
}

async function get(path: string): Promise<Json> {
  const headers = { authorization: 'Bearer test-key' };
  const response = await fetch(`${simulator.url}${path}`, { headers });
  return (await response.json()) as Json;
}

interface StreamedEvent extends Json {
  readonly type: string;
  readonly sequence_number: number;
}

function eventsIn(stream: string): StreamedEvent[] {
  return stream
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      const event = JSON.parse(data ?? '') as StreamedEvent;
      expect(event.type).toBe(name);
      return event;
    });
}

async function streamed(body: object): Promise<StreamedEvent[]> {
  const response = await post(simulator, PATH, { ...QUESTION, ...body, stream: true });
  return eventsIn(await response.text());
}

function errorOf(body: Json): Json {
  return body['error'] as Json;
}

describe('POST /v1/responses', () => {
  it('answers with every field the API sends', async () => {
    expect(await send(PATH, QUESTION)).toEqual({
      id: expect.stringMatching(/^resp_[0-9a-f]{48}$/),
      object: 'response',
      created_at: expect.any(Number),
      status: 'completed',
      background: false,
      completed_at: expect.any(Number),
      error: null,
      incomplete_details: null,
      instructions: null,
      max_output_tokens: null,
      max_tool_calls: null,
      model: 'gpt-4o-mini-2024-07-18',
      output: [
        {
          id: expect.stringMatching(/^msg_[0-9a-f]{48}$/),
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [
            {
              type: 'output_text',
              annotations: [],
              logprobs: [],
              text: expect.stringContaining('breaker'),
            },
          ],
        },
      ],
      parallel_tool_calls: true,
      previous_response_id: null,
      prompt_cache_key: null,
      reasoning: { effort: null, summary: null },
      safety_identifier: null,
      service_tier: 'default',
      store: true,
      temperature: 1,
      text: { format: { type: 'text' }, verbosity: 'medium' },
      tool_choice: 'auto',
      tools: [],
      top_logprobs: 0,
      top_p: 1,
      truncation: 'disabled',
      usage: {
        input_tokens: 12,
        input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
        output_tokens: 17,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 29,
      },
      user: null,
      metadata: {},
    });
  });

  it('remembers, by response and by conversation', async () => {
    const said = { role: 'user', content: 'My dog is called Rex the brave.' };
    const asked = { ...QUESTION, input: 'What is my dog called?' };
    const first = await send(PATH, { ...QUESTION, input: [said] });
    const answer = { output: [{ content: [{ text: '"My dog is called Rex the brave."' }] }] };
    expect(await send(PATH, { ...asked, previous_response_id: first['id'] })).toMatchObject(answer);
    const { id: conversation } = await send('/v1/conversations', { items: [said] });
    expect(await send(PATH, { ...asked, conversation })).toMatchObject(answer);
    const reference = { type: 'item_reference', id: (first['output'] as Json[])[0]?.['id'] };
    expect(await send(PATH, { ...asked, input: [reference] })).toMatchObject({
      status: 'completed',
    });
  });

  it('counts a long history as cached', async () => {
    const { id } = await send(PATH, { ...QUESTION, input: 'ledger '.repeat(2000) });
    const next = await send(PATH, { ...QUESTION, previous_response_id: id });
    const { input_tokens_details: details } = next['usage'] as { input_tokens_details: Json };
    expect(Number(details['cached_tokens'])).toBeGreaterThan(1024);
    expect(Number(details['cached_tokens']) % 128).toBe(0);
  });

  it('answers in the form of a schema', async () => {
    const schema = {
      type: 'object',
      properties: { sure: { type: 'boolean' }, size: { enum: ['small', 'large'] } },
      required: ['sure', 'size'],
      additionalProperties: false,
    };
    const format = { type: 'json_schema', name: 'answer', schema, strict: true };
    const { output } = await send(PATH, { ...QUESTION, text: { format } });
    const [message] = output as { content: { text: string }[] }[];
    expect(JSON.parse(message?.content[0]?.text ?? '')).toEqual({ sure: true, size: 'small' });
  });

  it.each<[object, string | null, string | null]>([
    [{ model: undefined }, 'model', 'missing_required_parameter'],
    [{ input: 7 }, 'input', 'invalid_type'],
    [{ input: [7] }, 'input[0]', 'invalid_type'],
    [{ input: [{}] }, 'input[0].type', 'missing_required_parameter'],
    [{ input: [{ role: 'robot', content: '' }] }, 'input[0].role', 'invalid_value'],
    [{ input: [{ role: 'user' }] }, 'input[0].content', 'missing_required_parameter'],
    [
      { input: [{ role: 'user', content: [{ type: 'input_text' }] }] },
      'input[0].content[0].text',
      'missing_required_parameter',
    ],
    [{ input: [{ type: 'item_reference', id: 'no' }] }, 'input[0]', 'invalid_value'],
    [
      { input: [{ type: 'function_call_output', call_id: 'call_1', output: '' }] },
      'input',
      'invalid_value',
    ],
    [
      { input: [{ type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' }] },
      'input',
      'invalid_value',
    ],
    [{ max_output_tokens: 15 }, 'max_output_tokens', 'integer_below_min_value'],
    [{ background: true, store: false }, 'store', 'invalid_value'],
    [{ previous_response_id: 'no' }, 'previous_response_id', 'previous_response_not_found'],
    [
      { previous_response_id: 'no', conversation: 'no' },
      'previous_response_id',
      'mutually_exclusive_parameters',
    ],
    [
      { text: { format: { type: 'json_schema' } } },
      'text.format.name',
      'missing_required_parameter',
    ],
    [{ tools: [{ type: 'function' }] }, 'tools[0].name', 'missing_required_parameter'],
    [{ tool_choice: { type: 'function', name: 'no' } }, 'tool_choice', 'invalid_value'],
    [{ stream_options: {} }, 'stream_options', 'invalid_value'],
    [{ conversation: 'no' }, null, null],
  ])('refuses %j', async (fields, param, code) => {
    const error = errorOf(await send(PATH, { ...QUESTION, ...fields }));
    expect(error).toMatchObject({ type: 'invalid_request_error', param, code });
  });

  it('refuses a compaction that it did not make', async () => {
    const input = [{ type: 'compaction', encrypted_content: 'bm8=' }];
    expect(errorOf(await send(PATH, { ...QUESTION, input }))).toMatchObject({
      code: 'invalid_encrypted_content',
    });
  });
});

describe('a stream of a response', () => {
  it('begins, shows each item bit by bit, and ends with the whole', async () => {
    const events = await streamed({ tools: [WEATHER], input: 'get_weather {"city": "Oslo"}' });
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      ...Array.from({ length: 6 }, () => 'response.function_call_arguments.delta'),
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
  });

  it('shows texts, refusals and thoughts by their own events', async () => {
    const types = new Set(
      (
        await Promise.all([
          streamed({ reasoning: { summary: 'auto' } }),
          streamed({ metadata: { simulator_answer: 'refusal' } }),
        ])
      )
        .flat()
        .map(({ type }) => type),
    );
    for (const part of ['output_text', 'refusal', 'reasoning_summary_text']) {
      expect(types).toContain(`response.${part}.delta`);
      expect(types).toContain(`response.${part}.done`);
    }
    expect(types).toContain('response.content_part.added');
    expect(types).toContain('response.reasoning_summary_part.done');
  });

  it('pads its deltas unless it is told not to', async () => {
    const padded = (events: readonly StreamedEvent[]): number =>
      events.filter((event) => 'obfuscation' in event).length;
    expect(padded(await streamed({}))).toBeGreaterThan(0);
    expect(padded(await streamed({ stream_options: { include_obfuscation: false } }))).toBe(0);
  });

  it.each<[object, string]>([
    [{ simulator_answer: 'length' }, 'response.incomplete'],
    [{ simulator_failure: 'server_error' }, 'response.failed'],
  ])('ends as %j asks', async (metadata, type) => {
    expect((await streamed({ metadata })).at(-1)).toMatchObject({ type });
  });

  it('words an error as these streams do', async () => {
    const fault = { errorEvent: { afterEvents: 2, error: { code: 'rate_limit_exceeded' } } };
    const response = await post(simulator, PATH, { ...QUESTION, stream: true }, { fault });
    const events = eventsIn(await response.text());
    expect(events).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      code: 'rate_limit_exceeded',
      message: expect.any(String),
      param: null,
    });
  });
});

describe('a response in the background', () => {
  it('moves on at each look, and is cancelled until it is there', async () => {
    const { id, status } = await send(PATH, { ...QUESTION, background: true });
    const path = `${PATH}/${String(id)}`;
    const looks = [status, (await get(path))['status'], (await get(path))['status']];
    expect(looks).toEqual(['queued', 'in_progress', 'completed']);
    expect(errorOf(await send(`${path}/cancel`, {}))).toMatchObject({ param: 'response_id' });
    const { id: other } = await send(PATH, { ...QUESTION, background: true });
    const cancelled = { id: other, status: 'cancelled' };
    expect(await send(`${PATH}/${String(other)}/cancel`, {})).toMatchObject(cancelled);
    expect(await send(`${PATH}/${String(other)}/cancel`, {})).toMatchObject(cancelled);
    expect(await get(`${PATH}/${String(other)}`)).toMatchObject(cancelled);
  });

  it('can be streamed again, from any event on', async () => {
    const events = await streamed({ background: true });
    const id = String((events[0]?.['response'] as Json | undefined)?.['id']);
    const response = await fetch(`${simulator.url}${PATH}/${id}?stream=true&starting_after=3`, {
      headers: { authorization: 'Bearer test-key' },
    });
    expect(eventsIn(await response.text())).toEqual(events.slice(4));
  });

  it('tells what cannot be streamed', async () => {
    const { id } = await send(PATH, QUESTION);
    const body = await get(`${PATH}/${String(id)}?stream=true`);
    expect(errorOf(body)).toMatchObject({ param: 'stream' });
  });
});

describe('what is below /v1/responses', () => {
  it('keeps what it is asked to keep', async () => {
    const { id } = await send(PATH, { ...QUESTION, store: false });
    expect(errorOf(await get(`${PATH}/${String(id)}`))).toMatchObject({
      type: 'invalid_request_error',
    });
  });

  it('lists the input, newest first', async () => {
    const input = ['one', 'two'].map((content) => ({ role: 'user', content }));
    const { id } = await send(PATH, { ...QUESTION, input });
    expect(await get(`${PATH}/${String(id)}/input_items`)).toMatchObject({
      object: 'list',
      data: [{ content: [{ text: 'two' }] }, { content: [{ text: 'one' }] }],
      has_more: false,
    });
  });

  it('counts as it charges', async () => {
    const { input_tokens: counted } = await send(`${PATH}/input_tokens`, QUESTION);
    expect(counted).toBe(12);
  });
});

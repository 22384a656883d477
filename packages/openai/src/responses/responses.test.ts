import { BadRequestError, NotFoundError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { Response } from './response.ts';
import type { ResponseCreateRequest } from './response-request.ts';
import type { ResponseStream } from './response-stream.ts';

const MODEL = 'gpt-4o-mini';
const INPUT = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';
const REQUEST = { model: MODEL, input: INPUT } as const;
const WEATHER = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  strict: false,
} as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
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

describe('responses.create', () => {
  it('answers with its text in one, and sends the request as it was given', async () => {
    const request = { ...REQUEST, temperature: 0.5, some_new_field: { nested: [1] } };
    const response = await client.responses.create(request);
    expect(response.status).toBe('completed');
    expect(response.output_text).toContain('A ledger keeps every entry.');
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/responses' });
    expect(simulator.requests[0]?.body).toEqual(request);
  });

  it('streams or not as the request says, in types and in fact', async () => {
    const whole = await client.responses.create(REQUEST);
    const stream = await client.responses.create({ ...REQUEST, stream: true });
    expectTypeOf(whole).toExtend<Response>();
    expectTypeOf(stream).toEqualTypeOf<ResponseStream>();
    expect((await stream.finalResponse()).output_text).toBe(whole.output_text);
  });

  it('goes on from a response, and from what its tools gave back', async () => {
    const first = await client.responses.create({
      model: MODEL,
      input: 'Please get_weather {"city": "Oslo"}',
      tools: [WEATHER],
    });
    const call = first.output.find((item) => item.type === 'function_call');
    expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city": "Oslo"}' });
    const second = await client.responses.create({
      model: MODEL,
      previous_response_id: first.id,
      input: [
        { type: 'function_call_output', call_id: call?.call_id, output: 'It has 12 degrees.' },
      ],
    });
    expect(second.output_text).toBe('It has 12 degrees.');
  });

  it('takes the output of a response as input', async () => {
    const first = await client.responses.create({ ...REQUEST, store: false });
    const second = await client.responses.create({
      model: MODEL,
      input: [{ role: 'user', content: INPUT }, ...first.output, { role: 'user', content: 'Why?' }],
    });
    expect(second.status).toBe('completed');
  });

  it('gives an answer that was cut as a result that says so', async () => {
    const response = await client.responses.create({
      ...REQUEST,
      metadata: { simulator_answer: 'length' },
    });
    expect(response.status).toBe('incomplete');
    expect(response.incomplete_details).toEqual({ reason: 'max_output_tokens' });
  });

  it.each<[Partial<Record<keyof ResponseCreateRequest, unknown>>, string]>([
    [{ model: '' }, 'model'],
    [{ input: 7 }, 'input'],
    [{ input: [7] }, 'input[0]'],
    [{ instructions: 7 }, 'instructions'],
    [{ temperature: 3 }, 'temperature'],
    [{ top_p: -0.1 }, 'top_p'],
    [{ top_logprobs: 21 }, 'top_logprobs'],
    [{ max_output_tokens: 0 }, 'max_output_tokens'],
    [{ max_tool_calls: 0.5 }, 'max_tool_calls'],
    [{ tools: [{}] }, 'tools[0].type'],
    [{ metadata: { long: 'x'.repeat(513) } }, 'metadata.long'],
    [
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, ''])) },
      'metadata',
    ],
    [{ conversation: '' }, 'conversation'],
    [{ conversation: 'conv_1', previous_response_id: 'resp_1' }, 'previous_response_id'],
  ])('sends nothing for %j', async (parameters, path) => {
    const request = { ...REQUEST, ...parameters } as ResponseCreateRequest;
    const error = await failure(client.responses.create(request));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map((issue) => issue.path)).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it('sends nothing for no request at all', async () => {
    const nothing = undefined as unknown as ResponseCreateRequest;
    expect(await failure(client.responses.create(nothing))).toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });

  it('takes null where the API does', async () => {
    const nothing = { temperature: null, conversation: null, previous_response_id: null };
    expect((await client.responses.create({ ...REQUEST, ...nothing })).status).toBe('completed');
  });
});

describe('a response in the background', () => {
  it('is polled until it is there', async () => {
    const { id, status } = await client.responses.create({ ...REQUEST, background: true });
    expect(status).toBe('queued');
    expect((await client.responses.retrieve(id)).status).toBe('in_progress');
    const { status: last, output_text: text } = await client.responses.retrieve(id);
    expect(last).toBe('completed');
    expect(text).toContain('A ledger keeps every entry.');
  });

  it('is cancelled', async () => {
    const { id } = await client.responses.create({ ...REQUEST, background: true });
    const cancelled = await client.responses.cancel(id);
    expect(cancelled).toMatchObject({ id, status: 'cancelled', output_text: '' });
    expect((await client.responses.retrieve(id)).status).toBe('cancelled');
  });
});

describe('responses.retrieve', () => {
  it('gives what was made, and sends its query as the API reads it', async () => {
    const made = await client.responses.create(REQUEST);
    const kept = await client.responses.retrieve(made.id, {
      include: ['file_search_call.results', 'reasoning.encrypted_content'],
    });
    expect(kept).toEqual(made);
    expect(simulator.requests[1]?.query).toBe(
      '?include%5B%5D=file_search_call.results&include%5B%5D=reasoning.encrypted_content',
    );
  });

  it('tells a response that is not there', async () => {
    const error = await failure(client.responses.retrieve('resp_none'));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toHaveProperty('message', expect.stringContaining('responses.retrieve'));
  });

  it.each(['', '.', '..'])('sends nothing for the id %j', async (id) => {
    expect(await failure(client.responses.retrieve(id))).toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('responses.delete', () => {
  it('deletes once', async () => {
    const { id } = await client.responses.create(REQUEST);
    expect(await client.responses.delete(id)).toBeUndefined();
    expect(await failure(client.responses.delete(id))).toBeInstanceOf(NotFoundError);
    expect(await failure(client.responses.retrieve(id))).toBeInstanceOf(NotFoundError);
  });
});

describe('responses.cancel', () => {
  it('tells what cannot be cancelled', async () => {
    const { id } = await client.responses.create(REQUEST);
    expect(await failure(client.responses.cancel(id))).toBeInstanceOf(BadRequestError);
  });
});

describe('responses.compact', () => {
  it('makes a conversation small, to go on with', async () => {
    const input = [{ role: 'user', content: 'My dog is called Rex the brave.' }] as const;
    const { object, output, usage } = await client.responses.compact({ model: MODEL, input });
    expect(object).toBe('response.compaction');
    expect(usage.input_tokens).toBeGreaterThan(0);
    const next = await client.responses.create({
      model: MODEL,
      input: [...output, { role: 'user', content: 'What is my dog called?' }],
    });
    expect(next.output_text).toContain('Rex the brave');
  });

  it('sends nothing without a model', async () => {
    const request = {} as { model: string };
    expect(await failure(client.responses.compact(request))).toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('responses.inputItems.list', () => {
  it('gives all items, page by page', async () => {
    const input = ['one', 'two', 'three'].map((content) => ({ role: 'user' as const, content }));
    const { id } = await client.responses.create({ model: MODEL, input });
    const texts: unknown[] = [];
    for await (const item of client.responses.inputItems.list(id, { limit: 2, order: 'asc' })) {
      texts.push(item.type === 'message' ? item.content[0] : item);
    }
    expect(texts).toEqual(['one', 'two', 'three'].map((text) => ({ type: 'input_text', text })));
    expect(simulator.requests).toHaveLength(3);
  });

  it('tells a response that is not there', async () => {
    const list = client.responses.inputItems.list('resp_none');
    expect(await failure(list)).toBeInstanceOf(NotFoundError);
  });
});

describe('responses.inputTokens.count', () => {
  it('counts what the response will report', async () => {
    const request = { ...REQUEST, instructions: 'Quote.', tools: [WEATHER] };
    const { input_tokens: counted } = await client.responses.inputTokens.count(request);
    const { usage } = await client.responses.create(request);
    expect(usage?.input_tokens).toBe(counted);
  });

  it('sends nothing for what cannot be counted', async () => {
    const request = { model: MODEL, input: 7 } as unknown as { model: string };
    expect(await failure(client.responses.inputTokens.count(request))).toBeInstanceOf(
      ValidationError,
    );
    expect(simulator.requests).toHaveLength(0);
  });
});

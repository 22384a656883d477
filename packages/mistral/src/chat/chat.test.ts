import { IntegrationError, UnprocessableError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { ChatMessage } from './chat-message.ts';
import { toMistralToolCallId } from './tool-call-id.ts';

const REQUEST = {
  model: 'mistral-small-latest',
  messages: [
    { role: 'system', content: 'Quote the passages.' },
    { role: 'user', content: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?' },
  ],
} as const;

const WEATHER = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
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

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

async function issuesOf(request: unknown): Promise<ValidationError['issues']> {
  const call = client.chat.create(request as typeof REQUEST);
  const error: unknown = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ValidationError);
  return (error as ValidationError).issues;
}

/** A conversation in which a tool was called by this id. */
function called(id: string): ChatMessage[] {
  return [
    { role: 'user', content: 'Is it sunny in Oslo?' },
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ id, function: { name: 'weather', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, name: 'weather', content: 'Sunny.' },
  ];
}

describe('chat.create', () => {
  it('answers, and sends the request as it was given', async () => {
    const request = { ...REQUEST, temperature: 0.5, safe_prompt: true, random_seed: 0, n: null };
    const completion = await client.chat.create(request);
    expect(completion.choices[0]?.message.content).toContain('A ledger keeps every entry.');
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(simulator.requests[0]?.body).toEqual(request);
  });

  it('never streams, whatever the request says', async () => {
    const completion = await client.chat.create({ ...REQUEST, stream: true } as typeof REQUEST);
    expect(completion.object).toBe('chat.completion');
  });

  it('leaves fields that it does not know to the server', async () => {
    const call = client.chat.create({ ...REQUEST, brand_new: 1 } as typeof REQUEST);
    await expect(call).rejects.toBeInstanceOf(UnprocessableError);
    expect(simulator.requests[0]?.body).toHaveProperty('brand_new', 1);
  });

  it('keeps the order of thoughts and text', async () => {
    const { choices } = await client.chat.create({ ...REQUEST, prompt_mode: 'reasoning' });
    expect(choices[0]?.message.content).toEqual([
      expect.objectContaining({ type: 'thinking' }),
      { type: 'text', text: expect.stringContaining('ledger') },
    ]);
  });

  it.each([
    [{ ...REQUEST, model: '' }, 'model'],
    [{ messages: REQUEST.messages }, 'model'],
    [{ ...REQUEST, messages: [] }, 'messages'],
    [{ ...REQUEST, messages: [{ role: 'developer', content: 'x' }] }, 'messages[0].role'],
    [{ ...REQUEST, temperature: 1.6 }, 'temperature'],
    [{ ...REQUEST, top_p: 0 }, 'top_p'],
    [{ ...REQUEST, n: 0 }, 'n'],
    [{ ...REQUEST, n: 1.5 }, 'n'],
    [{ ...REQUEST, max_tokens: -1 }, 'max_tokens'],
    [{ ...REQUEST, random_seed: -1 }, 'random_seed'],
    [{ ...REQUEST, frequency_penalty: 2.5 }, 'frequency_penalty'],
    [{ ...REQUEST, presence_penalty: -2.5 }, 'presence_penalty'],
    [{ ...REQUEST, tools: Array.from({ length: 129 }, () => WEATHER) }, 'tools'],
    [
      { ...REQUEST, tools: [{ type: 'function', function: { name: 'a b' } }] },
      'tools[0].function.name',
    ],
    [
      { ...REQUEST, response_format: { type: 'json_schema', json_schema: { name: '' } } },
      'response_format.json_schema.name',
    ],
    [undefined, 'messages'],
  ])('sends nothing for %#', async (request, path) => {
    expect((await issuesOf(request)).map((issue) => issue.path)).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('ids of tool calls', () => {
  it('of other providers are found before they are sent, with what to do', async () => {
    const issues = await issuesOf({ ...REQUEST, messages: called('call_abc123') });
    expect(issues.map(({ path }) => path)).toEqual([
      'messages[1].tool_calls[0].id',
      'messages[2].tool_call_id',
    ]);
    expect(issues[0]?.message).toContain('toMistralToolCallId');
    expect(simulator.requests).toHaveLength(0);
  });

  it('are taken once they are mapped', async () => {
    const messages = called(toMistralToolCallId('call_abc123'));
    const { choices } = await client.chat.create({ ...REQUEST, messages });
    expect(choices[0]?.message.content).toContain('Sunny.');
  });

  it('that the API gave are taken as they are', async () => {
    const asked = {
      ...REQUEST,
      tools: [WEATHER],
      messages: [{ role: 'user' as const, content: 'weather {}' }],
    };
    const { choices } = await client.chat.create(asked);
    const message = choices[0]?.message;
    const id = message?.tool_calls?.[0]?.id ?? '';
    expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    const messages: ChatMessage[] = [
      ...asked.messages,
      ...(message === undefined ? [] : [message]),
      { role: 'tool', name: 'weather', tool_call_id: id, content: 'Sunny.' },
    ];
    await expect(client.chat.create({ ...asked, messages })).resolves.toMatchObject({
      object: 'chat.completion',
    });
  });
});

describe('what telemetry knows of a call', () => {
  it('has its model, tokens, those from the cache, and why it ended', async () => {
    const tracer = new TestTracer();
    const transport = new MockHttpTransport().respond({
      json: {
        id: 'cmpl-1',
        object: 'chat.completion',
        created: 1,
        model: 'mistral-small-2506',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Hi' },
            finish_reason: 'model_length',
          },
        ],
        usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, num_cached_tokens: 8 },
      },
    });
    const traced = createMistralClient({ apiKey: 'test-key', transport, tracer });
    await traced.chat.create({ ...REQUEST, max_tokens: 5, random_seed: 7, stop: 'END' });
    const [root] = tracer.spans;
    expect(root?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': REQUEST.model,
      'gen_ai.request.max_tokens': 5,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.model': 'mistral-small-2506',
      'gen_ai.response.finish_reasons': ['model_length'],
      'gen_ai.usage.input_tokens': 9,
      'gen_ai.usage.output_tokens': 1,
      'gen_ai.usage.cache_read.input_tokens': 8,
    });
  });
});

describe('errors of the API', () => {
  it.each([
    [
      400,
      {
        object: 'error',
        message: 'Invalid model: x',
        type: 'invalid_model',
        param: null,
        code: '1500',
      },
    ],
    [422, { detail: [{ loc: ['body', 'n'], msg: 'too many', type: 'less_than' }] }],
    [401, { detail: 'Unauthorized' }],
    [429, { message: 'Requests rate limit exceeded' }],
  ])('are typed, whatever form status %i has', async (status, body) => {
    const transport = new MockHttpTransport().respond({ status, json: body });
    const other = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
    const error: unknown = await other.chat.create(REQUEST).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(IntegrationError);
    expect(error).toMatchObject({
      status,
      message: expect.stringContaining('mistral chat.create'),
    });
  });
});

import { ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatStream } from './chat-stream.ts';

const REQUEST = {
  model: 'gpt-4o-mini',
  messages: [
    { role: 'system', content: 'Quote the passages.' },
    { role: 'user', content: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?' },
  ],
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

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

describe('chat.create', () => {
  it('answers, and sends the request as it was given', async () => {
    const request = { ...REQUEST, temperature: 0.5, some_new_field: { nested: [1] } };
    const completion = await client.chat.create(request);
    expect(completion.choices[0]?.message.content).toContain('A ledger keeps every entry.');
    expect(simulator.requests[0]?.body).toEqual(request);
  });

  it('never streams, whatever the request says', async () => {
    const completion = await client.chat.create({ ...REQUEST, stream: true } as typeof REQUEST);
    expect(completion.object).toBe('chat.completion');
  });

  it.each([
    [{ ...REQUEST, model: '' }, 'model'],
    [{ ...REQUEST, messages: [] }, 'messages'],
    [{ ...REQUEST, messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
    [{ ...REQUEST, temperature: 3 }, 'temperature'],
    [{ ...REQUEST, top_p: -0.1 }, 'top_p'],
    [{ ...REQUEST, n: 0 }, 'n'],
    [{ ...REQUEST, n: 1.5 }, 'n'],
    [{ ...REQUEST, max_completion_tokens: 0 }, 'max_completion_tokens'],
    [{ ...REQUEST, frequency_penalty: 2.5 }, 'frequency_penalty'],
    [{ ...REQUEST, top_logprobs: 21 }, 'top_logprobs'],
    [undefined, ''],
  ])('sends nothing for %#', async (request, path) => {
    const call = client.chat.completions.create(request as typeof REQUEST);
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map((issue) => issue.path)).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it('takes null where the API does', async () => {
    const completion = await client.chat.create({
      ...REQUEST,
      temperature: null,
      n: null,
      stop: null,
    });
    expect(completion.choices).toHaveLength(1);
  });
});

describe('chat.completions.create', () => {
  it('streams or not as the request says, in types and in fact', async () => {
    const whole = await client.chat.completions.create(REQUEST);
    const stream = await client.chat.completions.create({ ...REQUEST, stream: true });
    expectTypeOf(whole).toExtend<ChatCompletion>();
    expectTypeOf(stream).toEqualTypeOf<ChatStream>();
    expect((await stream.finalCompletion()).choices).toEqual(
      whole.choices.map((choice) => {
        const { annotations: _annotations, ...message } = choice.message;
        return { ...choice, message };
      }),
    );
  });
});

describe('chat.createStream', () => {
  it('gives chunks and the final completion, with usage when asked for', async () => {
    const {
      data: stream,
      response,
      requestId,
    } = await client.chat
      .createStream({ ...REQUEST, stream_options: { include_usage: true } })
      .withResponse();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.requestId).toBe(requestId);
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    const completion = await stream.finalCompletion();
    expect(completion.choices[0]?.message.content).toBe(text);
    expect(await stream.finalContent()).toBe(text);
    expect(stream.state).toBe('completed');
    expect(stream.tokenUsage).toEqual({
      inputTokens: completion.usage?.prompt_tokens,
      outputTokens: completion.usage?.completion_tokens,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: undefined,
      reasoningOutputTokens: 0,
    });
  });

  it('uses one connection for streams that follow each other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const stream = await client.chat.createStream(REQUEST);
      await stream.finalCompletion();
    }
    expect(simulator.openSockets).toBeLessThanOrEqual(2);
  });
});

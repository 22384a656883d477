import { AuthenticationError, BadRequestError } from '@integrations/errors';
import {
  createMistralClient,
  type MistralClient,
  standardFunction,
  standardResponseFormat,
} from '@integrations/mistral';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LiveServer } from './live-server.test.support.ts';

const MODEL = 'mistral-small-latest';
const ANSWER = z.object({ word: z.string() });

/** Few tokens: each call costs a small part of a cent. */
const CHAT = {
  model: MODEL,
  messages: [{ role: 'user', content: 'Say one word.' }],
  max_tokens: 50,
} as const;

/** Calls that the API answers today, and what must be true of its answers whatever a model says. */
export function describeMistralCalls(connect: () => LiveServer): void {
  let client: MistralClient;

  beforeAll(() => {
    client = createMistralClient({ ...connect(), totalTimeout: '60s' });
  });

  afterAll(() => client.close());

  describe('chat', () => {
    it('answers, and tells of itself', async () => {
      const { data, response } = await client.chat.create(CHAT).withResponse();
      expect(data.choices[0]?.message.content).toMatch(/\w/);
      expect(data.usage.total_tokens).toBeGreaterThan(0);
      expect(data.requestId).toMatch(/\w/);
      expect(Number(response.headers.get('x-ratelimit-limit-req-minute'))).toBeGreaterThan(0);
    });

    it('streams', async () => {
      const stream = await client.chat.createStream(CHAT);
      const { choices, usage } = await stream.finalCompletion();
      expect(choices[0]?.message.content).toMatch(/\w/);
      expect(usage.total_tokens).toBeGreaterThan(0);
    });

    it('calls a tool that it is made to call', async () => {
      const parameters = z.object({ city: z.string() });
      const completion = await client.chat.parse({
        ...CHAT,
        messages: [{ role: 'user', content: 'The weather in Oslo?' }],
        tools: [standardFunction({ name: 'get_weather', parameters })],
        tool_choice: 'any',
      });
      const [call] = completion.choices[0]?.message.tool_calls ?? [];
      expect(call).toMatchObject({
        id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
        function: { name: 'get_weather', parsed_arguments: { city: expect.any(String) } },
      });
    });

    it('answers by a schema', async () => {
      const response_format = standardResponseFormat(ANSWER, 'answer');
      const { choices } = await client.chat.parse({ ...CHAT, response_format });
      expect(choices[0]?.message.parsed).toEqual({ word: expect.any(String) });
    });
  });

  it('code with a gap', async () => {
    const request = { model: 'codestral-latest', prompt: 'def add(a, b):', max_tokens: 20 };
    const { choices } = await client.fim.create(request);
    expect(choices[0]?.finish_reason).toMatch(/^(?:stop|length)$/);
  });

  it('embeddings', async () => {
    const request = { model: 'mistral-embed', input: ['one', 'two'] };
    const { data } = await client.embeddings.create(request);
    expect(data.map(({ embedding }) => embedding.length)).toEqual([1024, 1024]);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 1);
  });

  it('classifiers', async () => {
    const request = { model: 'mistral-moderation-latest', input: 'A quiet day at the sea.' };
    const { results } = await client.classifiers.moderate(request);
    expect(Object.values(results[0]?.categories ?? {})).not.toContain(true);
  });

  it('models', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toContain(MODEL);
  });

  it('files, from their making to their end', async () => {
    const file = new File(['{"custom_id":"1","body":{}}\n'], 'live-test.jsonl');
    const made = await client.files.upload({ file, purpose: 'batch' });
    try {
      expect(await client.files.retrieve(made.id)).toMatchObject({ filename: file.name });
    } finally {
      expect(await client.files.delete(made.id)).toMatchObject({ id: made.id, deleted: true });
    }
  });

  it('errors for a wrong key and a model that is not there', async () => {
    const wrongKey = client.withOptions({ apiKey: 'wrong-key' }).models.list();
    await expect(wrongKey).rejects.toBeInstanceOf(AuthenticationError);
    const lost = client.chat.create({ ...CHAT, model: 'no-such-model' });
    await expect(lost).rejects.toBeInstanceOf(BadRequestError);
    await expect(lost).rejects.toMatchObject({ status: 400, type: 'invalid_model' });
  });
}

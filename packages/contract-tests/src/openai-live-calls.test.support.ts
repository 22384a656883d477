import { AuthenticationError, NotFoundError } from '@integrations/errors';
import {
  createOpenAIClient,
  type OpenAIClient,
  zodFunction,
  zodResponseFormat,
  zodTextFormat,
} from '@integrations/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LiveServer } from './live-server.test.support.ts';

const MODEL = 'gpt-4o-mini';
const ANSWER = z.object({ word: z.string() });

/** Few tokens: each call costs a small part of a cent. */
const CHAT = {
  model: MODEL,
  messages: [{ role: 'user', content: 'Say one word.' }],
  max_completion_tokens: 50,
} as const;
const RESPONSE = {
  model: MODEL,
  input: 'Say one word.',
  max_output_tokens: 50,
  store: false,
} as const;

/** Calls that the API answers today, and what must be true of its answers whatever a model says. */
export function describeOpenAICalls(connect: () => LiveServer): void {
  let client: OpenAIClient;

  beforeAll(() => {
    client = createOpenAIClient({ ...connect(), totalTimeout: '60s' });
  });

  afterAll(() => client.close());

  describe('chat', () => {
    it('answers, and tells of itself', async () => {
      const { data, response } = await client.chat.create(CHAT).withResponse();
      expect(data.choices[0]?.message.content).toMatch(/\w/);
      expect(data.usage?.total_tokens).toBeGreaterThan(0);
      expect(data.model).toContain(MODEL);
      expect(data.requestId).toMatch(/^req_/);
      expect(Number(response.headers.get('x-ratelimit-limit-requests'))).toBeGreaterThan(0);
      expect(response.headers.get('x-ratelimit-reset-tokens')).toMatch(
        /^(?:\d+(?:\.\d+)?[a-z]+)+$/,
      );
    });

    it('streams', async () => {
      const request = { ...CHAT, stream_options: { include_usage: true } };
      const stream = await client.chat.createStream(request);
      const { choices, usage } = await stream.finalCompletion();
      expect(choices[0]?.message.content).toMatch(/\w/);
      expect(usage?.total_tokens).toBeGreaterThan(0);
    });

    it('calls a tool that it is made to call', async () => {
      const parameters = z.object({ city: z.string() });
      const completion = await client.chat.completions.parse({
        ...CHAT,
        messages: [{ role: 'user', content: 'The weather in Oslo?' }],
        tools: [zodFunction({ name: 'get_weather', parameters })],
        tool_choice: { type: 'function', function: { name: 'get_weather' } },
      });
      const [call] = completion.choices[0]?.message.tool_calls ?? [];
      expect(call).toMatchObject({
        function: { name: 'get_weather', parsed_arguments: { city: expect.any(String) } },
      });
    });

    it('answers by a schema', async () => {
      const response_format = zodResponseFormat(ANSWER, 'answer');
      const { choices } = await client.chat.completions.parse({ ...CHAT, response_format });
      expect(choices[0]?.message.parsed).toEqual({ word: expect.any(String) });
    });
  });

  describe('responses', () => {
    it('answer by a schema', async () => {
      const text = { format: zodTextFormat(ANSWER, 'answer') };
      const response = await client.responses.parse({ ...RESPONSE, text });
      expect(response.output_parsed).toEqual({ word: expect.any(String) });
      expect(response.usage?.total_tokens).toBeGreaterThan(0);
    });

    it('stream', async () => {
      const stream = await client.responses.createStream(RESPONSE);
      const { output_text: text, status } = await stream.finalResponse();
      expect(text).toMatch(/\w/);
      expect(status).toBe('completed');
    });
  });

  it('embeddings', async () => {
    const request = { model: 'text-embedding-3-small', input: ['one', 'two'], dimensions: 8 };
    const { data } = await client.embeddings.create(request);
    expect(data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 2);
  });

  it('moderations', async () => {
    const { results } = await client.moderations.create({ input: 'A quiet day at the sea.' });
    expect(results).toMatchObject([{ flagged: false }]);
  });

  it('models', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toContain(MODEL);
  });

  it('files, from their making to their end', async () => {
    const file = new File(['a ledger'], 'live-test.txt', { type: 'text/plain' });
    const expires_after = { anchor: 'created_at', seconds: 3600 } as const;
    const made = await client.files.create({ file, purpose: 'user_data', expires_after });
    try {
      expect(await client.files.retrieve(made.id)).toMatchObject({ filename: file.name, bytes: 8 });
    } finally {
      expect(await client.files.delete(made.id)).toMatchObject({ id: made.id, deleted: true });
    }
  });

  it('errors for a wrong key and a model that is not there', async () => {
    const wrongKey = client.withOptions({ apiKey: 'sk-wrong' }).models.list();
    const refused: unknown = await wrongKey.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AuthenticationError);
    expect(refused).toMatchObject({ status: 401, apiCode: 'invalid_api_key' });
    const lost: unknown = await client.chat
      .create({ ...CHAT, model: 'no-such-model' })
      .catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(NotFoundError);
    expect(lost).toMatchObject({ status: 404, apiCode: 'model_not_found' });
  });
}

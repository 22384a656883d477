import { createOpenAIClient, type OpenAIClient } from '@integrations/openai';
import type { ClientOptions } from '@integrations/provider';
import { REQUEST } from '../server/answers.ts';
import { BASE_URL, CHUNKS } from './instant-transport.ts';

/** A client with its defaults, but for what it reports to and how it is connected. */
export function createClient(options: ClientOptions): OpenAIClient {
  return createOpenAIClient({ apiKey: 'benchmark-key', baseURL: BASE_URL, ...options });
}

/** Makes a call, and gives the tokens that its record has to know. */
export async function chat(client: OpenAIClient): Promise<number | undefined> {
  const completion = await client.chat.create(REQUEST);
  return completion.usage?.total_tokens;
}

/** Reads a stream to its end, and gives the number of its chunks. */
export async function chatStream(client: OpenAIClient): Promise<number> {
  let chunks = 0;
  for await (const { choices } of await client.chat.createStream(REQUEST)) {
    chunks += choices === undefined ? 0 : 1;
  }
  if (chunks !== CHUNKS) throw new Error(`The stream gave ${chunks} chunks instead of ${CHUNKS}.`);
  return chunks;
}

import type { OpenAI } from 'openai';
import { type Connection, type Contestant, KEY } from './contestant.ts';
import { countVectors, EMBEDDING_MODEL, REQUEST, TEXTS } from './requests.ts';

/** The calls of OpenAI's own client, as they are and as parts of what is built upon them. */
export function callsOf(client: OpenAI, signal?: AbortSignal): Omit<Connection, 'close'> {
  const options = signal === undefined ? undefined : { signal };
  return {
    chat: async () => {
      const { usage } = await client.chat.completions.create(REQUEST, options);
      return usage?.total_tokens;
    },
    stream: async (onText) => {
      let texts = 0;
      const request = { ...REQUEST, stream: true } as const;
      for await (const { choices } of await client.chat.completions.create(request, options)) {
        if (choices[0]?.delta.content === undefined) continue;
        texts += 1;
        if (texts === 1) onText();
      }
      return texts;
    },
    embed: async () => {
      const request = { model: EMBEDDING_MODEL, input: TEXTS };
      const { data } = await client.embeddings.create(request, options);
      return countVectors(data.map(({ embedding }) => embedding));
    },
  };
}

async function connect(base: string): Promise<Connection> {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1` });
  return { ...callsOf(client), close: () => undefined };
}

export const openai: Contestant = { name: "OpenAI's own client", by: 'openai', connect };

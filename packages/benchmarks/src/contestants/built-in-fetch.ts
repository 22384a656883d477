import type { Connection, Contestant } from './contestant.ts';
import { countVectors } from './requests.ts';
import {
  chatBody,
  type Completion,
  embeddingBody,
  type Embeddings,
  EventReader,
  float32,
  HEADERS,
  streamBody,
} from './wire.ts';

/** What Node.js brings along. */
async function connect(base: string): Promise<Connection> {
  const post = async (path: string, body: string): Promise<Response> => {
    const response = await fetch(`${base}/v1${path}`, { method: 'POST', headers: HEADERS, body });
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  return {
    chat: async () => {
      const response = await post('/chat/completions', chatBody());
      return ((await response.json()) as Completion).usage.total_tokens;
    },
    stream: async (onText) => {
      const reader = new EventReader(onText);
      const { body } = await post('/chat/completions', streamBody());
      if (body === null) throw new Error('The stream has no body.');
      for await (const bytes of body) reader.push(bytes as Uint8Array);
      return reader.texts;
    },
    embed: async () => {
      const { data } = (await (await post('/embeddings', embeddingBody())).json()) as Embeddings;
      return countVectors(data.map(({ embedding }) => float32(embedding)));
    },
    close: () => undefined,
  };
}

export const builtInFetch: Contestant = { name: 'built-in fetch', by: 'Node.js', connect };

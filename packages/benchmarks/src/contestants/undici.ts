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

/** The floor: undici's `request`, and `JSON.parse`. */
async function connect(base: string): Promise<Connection> {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent();
  const post = async (path: string, body: string) => {
    const response = await request(`${base}/v1${path}`, {
      method: 'POST',
      headers: HEADERS,
      body,
      dispatcher,
    });
    if (response.statusCode !== 200) throw new Error(await response.body.text());
    return response.body;
  };
  const json = async (path: string, body: string): Promise<unknown> =>
    JSON.parse(await (await post(path, body)).text());
  return {
    chat: async () => {
      const { usage } = (await json('/chat/completions', chatBody())) as Completion;
      return usage.total_tokens;
    },
    stream: async (onText) => {
      const reader = new EventReader(onText);
      for await (const bytes of await post('/chat/completions', streamBody())) {
        reader.push(bytes as Uint8Array);
      }
      return reader.texts;
    },
    embed: async () => {
      const { data } = (await json('/embeddings', embeddingBody())) as Embeddings;
      return countVectors(data.map(({ embedding }) => float32(embedding)));
    },
    close: () => dispatcher.close(),
  };
}

export const undiciRequest: Contestant = { name: 'undici request', by: 'undici', connect };

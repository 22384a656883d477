import type { Dispatcher } from 'undici';
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

/** Hands on the bytes of a response, and says when they are all there. */
function handler(
  onBytes: (bytes: Buffer) => void,
  resolve: () => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: () => undefined,
    onResponseStart: (_controller, status) => {
      if (status !== 200) reject(new Error(`The server answered ${status}.`));
    },
    onResponseData: (_controller, bytes) => onBytes(bytes),
    onResponseEnd: () => resolve(),
    onResponseError: (_controller, error) => reject(error),
  };
}

/** undici without its streams: a handler of one's own. */
async function connect(base: string): Promise<Connection> {
  const { Agent } = await import('undici');
  const dispatcher = new Agent();
  const { origin, pathname } = new URL(base);
  const post = (path: string, body: string, onBytes: (bytes: Buffer) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      dispatcher.dispatch(
        { origin, path: `${pathname}/v1${path}`, method: 'POST', headers: HEADERS, body },
        handler(onBytes, resolve, reject),
      );
    });
  const json = async (path: string, body: string): Promise<unknown> => {
    const parts: Buffer[] = [];
    await post(path, body, (bytes) => parts.push(bytes));
    const [first] = parts;
    const whole = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
    return JSON.parse(whole.toString());
  };
  return {
    chat: async () => {
      const { usage } = (await json('/chat/completions', chatBody())) as Completion;
      return usage.total_tokens;
    },
    stream: async (onText) => {
      const reader = new EventReader(onText);
      await post('/chat/completions', streamBody(), (bytes) => reader.push(bytes));
      return reader.texts;
    },
    embed: async () => {
      const { data } = (await json('/embeddings', embeddingBody())) as Embeddings;
      return countVectors(data.map(({ embedding }) => float32(embedding)));
    },
    close: () => dispatcher.close(),
  };
}

export const undiciDispatch: Contestant = { name: 'undici dispatch', by: 'undici', connect };

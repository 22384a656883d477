import type { ClientOptions } from '@integrations/provider';
import { type Reporting, silent, withoutMeter } from '../telemetry/sinks.ts';
import { type Connection, type Contestant, KEY } from './contestant.ts';
import { countVectors, EMBEDDING_MODEL, MISTRAL_MODEL, REQUEST, TEXTS } from './requests.ts';

type Vectors = 'float32' | 'array';

/** How a client of ours is used where there are two ways. */
interface Use {
  readonly report: () => Promise<Reporting>;
  readonly vectors: Vectors;
}

/** A chunk of either client. */
interface TextChunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: unknown } | undefined }[];
}

async function countTexts(chunks: AsyncIterable<TextChunk>, onText: () => void): Promise<number> {
  let texts = 0;
  for await (const { choices } of chunks) {
    if (choices?.[0]?.delta?.content === undefined) continue;
    texts += 1;
    if (texts === 1) onText();
  }
  return texts;
}

function optionsFor(baseURL: string, { options }: Reporting): ClientOptions & { apiKey: string } {
  return { apiKey: KEY, baseURL, ...options };
}

async function openai(base: string, { report, vectors }: Use): Promise<Connection> {
  const { createOpenAIClient } = await import('@integrations/openai');
  const reporting = await report();
  const client = createOpenAIClient(optionsFor(`${base}/v1`, reporting));
  const embeddings = { model: EMBEDDING_MODEL, input: TEXTS };
  return {
    chat: async () => (await client.chat.create(REQUEST)).usage?.total_tokens,
    stream: async (onText) => countTexts(await client.chat.createStream(REQUEST), onText),
    embed: async () => {
      const { data } =
        vectors === 'float32'
          ? await client.embeddings.create(embeddings, { vectors })
          : await client.embeddings.create(embeddings);
      return countVectors(data.map(({ embedding }) => embedding));
    },
    close: async () => {
      await client.close();
      await reporting.end();
    },
  };
}

async function mistral(base: string, { report, vectors }: Use): Promise<Connection> {
  const { createMistralClient } = await import('@integrations/mistral');
  const reporting = await report();
  const client = createMistralClient(optionsFor(base, reporting));
  const { messages, temperature, max_completion_tokens: max_tokens } = REQUEST;
  const request = { model: MISTRAL_MODEL, messages, temperature, max_tokens };
  const embeddings = { model: 'mistral-embed', input: TEXTS };
  return {
    chat: async () => (await client.chat.create(request)).usage.total_tokens,
    stream: async (onText) => countTexts(await client.chat.createStream(request), onText),
    embed: async () => {
      const { data } =
        vectors === 'float32'
          ? await client.embeddings.create(embeddings, { vectors })
          : await client.embeddings.create(embeddings);
      return countVectors(data.map(({ embedding }) => embedding));
    },
    close: async () => {
      await client.close();
      await reporting.end();
    },
  };
}

type Connect = (base: string, use: Use) => Promise<Connection>;

function ours(name: string, connect: Connect, use: Use): Contestant {
  return { name, by: 'ours', connect: (base) => connect(base, use) };
}

const bare: Use = { report: silent, vectors: 'array' };
const reporting: Use = { report: withoutMeter, vectors: 'array' };

export const openaiBare: Contestant = ours('openai, bare', openai, bare);
export const openaiReporting: Contestant = ours('openai, everything on', openai, reporting);
export const mistralBare: Contestant = ours('mistral, bare', mistral, bare);
export const mistralReporting: Contestant = ours('mistral, everything on', mistral, reporting);

/** The same clients, asked for vectors as `Float32Array`. */
export const openaiFloat32: Contestant = ours('openai, everything on, Float32Array', openai, {
  ...reporting,
  vectors: 'float32',
});
export const mistralFloat32: Contestant = ours('mistral, everything on, Float32Array', mistral, {
  ...reporting,
  vectors: 'float32',
});

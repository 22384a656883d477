import { createMistralClient } from '@integrations/mistral';
import { createOpenAIClient } from '@integrations/openai';
import type { CallOptions, ClientOptions } from '@integrations/provider';
import type { ProviderName } from '@integrations/simulator';

/** What a provider's client is asked to do. Results are plain, and have no time in them. */
export interface Calls {
  chat(options?: CallOptions): PromiseLike<unknown>;
  /** The pieces of an answer, as they come. */
  stream(options?: CallOptions): AsyncIterable<string>;
  embed(): Promise<unknown>;
  /** Uploads so many files, and lists them by pages of two. */
  list(files: number): Promise<unknown>;
  upload(): Promise<unknown>;
  close(): Promise<void>;
}

type Create = (options: ClientOptions & { readonly baseURL?: string | undefined }) => Calls;

const TEXT = 'A ledger keeps every entry. What does a ledger keep?';
const messages = [{ role: 'user', content: TEXT }] as const;

function fileOf(number: number): File {
  return new File([JSON.stringify({ number })], `${number}.jsonl`);
}

async function filesOf(
  count: number,
  upload: (file: File) => PromiseLike<unknown>,
  listed: () => AsyncIterable<{ readonly filename: string }>,
): Promise<readonly string[]> {
  for (let number = 0; number < count; number += 1) await upload(fileOf(number));
  const names: string[] = [];
  for await (const { filename } of listed()) names.push(filename);
  return names;
}

const createOpenAI: Create = (options) => {
  const client = createOpenAIClient(options);
  const model = 'gpt-4o-mini';
  return {
    chat: (callOptions) =>
      client.chat
        .create({ model, messages }, callOptions)
        .then(({ choices, usage }) => ({ choices, usage })),
    async *stream(callOptions) {
      const stream = await client.chat.createStream({ model, messages }, callOptions);
      for await (const { choices } of stream) yield choices[0]?.delta.content ?? '';
    },
    embed: async () => {
      const { data } = await client.embeddings.create({
        model: 'text-embedding-3-small',
        input: TEXT,
      });
      return data;
    },
    list: (files) =>
      filesOf(
        files,
        (file) => client.files.create({ file, purpose: 'batch' }),
        () => client.files.list({ limit: 2 }),
      ),
    upload: async () => {
      const { id } = await client.files.create({ file: fileOf(7), purpose: 'batch' });
      const content = await client.files.content(id);
      return content.text();
    },
    close: () => client.close(),
  };
};

const createMistral: Create = (options) => {
  const client = createMistralClient(options);
  const model = 'mistral-small-latest';
  return {
    chat: (callOptions) =>
      client.chat
        .create({ model, messages }, callOptions)
        .then(({ choices, usage }) => ({ choices, usage })),
    async *stream(callOptions) {
      const stream = await client.chat.createStream({ model, messages }, callOptions);
      for await (const { choices } of stream) yield JSON.stringify(choices[0]?.delta.content ?? '');
    },
    embed: async () => {
      const { data } = await client.embeddings.create({ model: 'mistral-embed', input: TEXT });
      return data;
    },
    list: (files) =>
      filesOf(
        files,
        (file) => client.files.upload({ file, purpose: 'batch' }),
        () => client.files.list({ page_size: 2 }),
      ),
    upload: async () => {
      const { id } = await client.files.upload({ file: fileOf(7), purpose: 'batch' });
      const content = await client.files.download(id);
      return content.text();
    },
    close: () => client.close(),
  };
};

/** Makes the client of each provider. */
export const PROVIDERS: Readonly<Record<ProviderName, Create>> = {
  openai: createOpenAI,
  mistral: createMistral,
};

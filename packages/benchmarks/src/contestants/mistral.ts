import { type Connection, type Contestant, KEY } from './contestant.ts';
import { countVectors, MISTRAL_MODEL, REQUEST, TEXTS } from './requests.ts';

async function connect(base: string): Promise<Connection> {
  const { Mistral } = await import('@mistralai/mistralai');
  const client = new Mistral({ apiKey: KEY, serverURL: base });
  const { messages, temperature, max_completion_tokens: maxTokens } = REQUEST;
  const request = { model: MISTRAL_MODEL, messages, temperature, maxTokens };
  return {
    chat: async () => (await client.chat.complete(request)).usage.totalTokens,
    stream: async (onText) => {
      let texts = 0;
      for await (const { data } of await client.chat.stream(request)) {
        if (data.choices[0]?.delta.content === undefined) continue;
        texts += 1;
        if (texts === 1) onText();
      }
      return texts;
    },
    embed: async () => {
      const { data } = await client.embeddings.create({ model: 'mistral-embed', inputs: TEXTS });
      return countVectors(data.map(({ embedding }) => embedding ?? []));
    },
    close: () => undefined,
  };
}

export const mistral: Contestant = {
  name: "Mistral's own client",
  by: '@mistralai/mistralai',
  connect,
};

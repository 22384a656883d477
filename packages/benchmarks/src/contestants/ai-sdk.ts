import { type Connection, type Contestant, KEY } from './contestant.ts';
import { countVectors, EMBEDDING_MODEL, REQUEST, TEXTS } from './requests.ts';

/** Its line of advice for each kind of call would be measured. */
function silenceWarnings(): void {
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
}

async function connect(base: string): Promise<Connection> {
  silenceWarnings();
  const { embedMany, generateText, streamText } = await import('ai');
  const { createOpenAI } = await import('@ai-sdk/openai');
  const provider = createOpenAI({ apiKey: KEY, baseURL: `${base}/v1` });
  const [system, user] = REQUEST.messages;
  const settings = {
    model: provider.chat(REQUEST.model),
    instructions: system?.content ?? '',
    prompt: user?.content ?? '',
    maxOutputTokens: REQUEST.max_completion_tokens,
  };
  return {
    chat: async () => (await generateText(settings)).usage.totalTokens,
    stream: async (onText) => {
      let texts = 0;
      for await (const text of streamText(settings).textStream) {
        if (text === '') continue;
        texts += 1;
        if (texts === 1) onText();
      }
      return texts;
    },
    embed: async () => {
      const model = provider.embedding(EMBEDDING_MODEL);
      return countVectors((await embedMany({ model, values: TEXTS })).embeddings);
    },
    close: () => undefined,
  };
}

export const aiSdk: Contestant = { name: 'AI SDK with its OpenAI provider', by: 'ai', connect };

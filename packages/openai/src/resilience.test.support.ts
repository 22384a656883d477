import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';
import { createOpenAIClient, type OpenAIClient } from './client.ts';
import type { ChatStream } from './chat/completions/chat-stream.ts';
import type { OpenAIClientOptions } from './options.ts';

export const QUESTION = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'What is a ledger?' }],
} as const;

/** Back-off as it is by default, but that tests need not wait for it. */
export const FAST = { initialDelay: 1, maxDelay: 2 } as const;

/** A simulator, and clients of it. */
export interface Wired extends AsyncDisposable {
  readonly simulator: Simulator;
  with(options: OpenAIClientOptions): { client: OpenAIClient; simulator: Simulator };
}

export async function connect(options: SimulatorOptions = {}): Promise<Wired> {
  const simulator = await createSimulator({ apiKeys: ['test-key'], ...options });
  return {
    simulator,
    with: (settings) => ({
      simulator,
      client: createOpenAIClient({
        apiKey: 'test-key',
        baseURL: simulator.baseURL,
        retry: FAST,
        ...settings,
      }),
    }),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export async function collectText(stream: ChatStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

/** The error of a promise that has to fail. */
export async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  try {
    await running;
  } catch (error) {
    return error;
  }
  throw new Error('this should have failed');
}

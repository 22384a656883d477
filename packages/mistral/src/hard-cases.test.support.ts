import { createSimulator, type Simulator } from '@integrations/simulator';
import { createMistralClient, type MistralClient } from './client.ts';
import type { MistralClientOptions } from './options.ts';

export const QUESTION = {
  model: 'mistral-small-latest',
  messages: [{ role: 'user', content: 'What is a ledger?' }],
} as const;

/** Back-off as it is by default, but that tests need not wait for it. */
export const FAST = { initialDelay: 1, maxDelay: 2 } as const;

/** A simulator, and clients of it that end with it. */
export interface Wired extends AsyncDisposable {
  readonly simulator: Simulator;
  client(options?: MistralClientOptions): MistralClient;
}

export async function connect(): Promise<Wired> {
  const simulator = await createSimulator({ provider: 'mistral', apiKeys: ['test-key'] });
  const clients: MistralClient[] = [];
  return {
    simulator,
    client: (options) => {
      const { baseURL } = simulator;
      const made = createMistralClient({ apiKey: 'test-key', baseURL, retry: FAST, ...options });
      clients.push(made);
      return made;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await simulator.close();
    },
  };
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

/** Reads a stream as far as it goes. */
export async function readAll<Item>(
  stream: AsyncIterable<Item>,
): Promise<{ readonly items: readonly Item[]; readonly error: unknown }> {
  const items: Item[] = [];
  try {
    for await (const item of stream) items.push(item);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

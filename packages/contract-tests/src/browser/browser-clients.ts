import type { SimulatorOptions } from '@integrations/simulator';

/** One provider's client, as pages load it. */
export interface BrowserClient {
  readonly provider: NonNullable<SimulatorOptions['provider']>;
  /** What a page imports: makes `connect(options)` give a client. */
  readonly client: string;
  /** The same with the small core, as far as that goes: `{ chat }`. */
  readonly core: string;
  readonly chatModel: string;
  readonly embeddingModel: string;
  /** Kilobytes (1024 bytes) that each may have, minified and compressed. */
  readonly budgets: { readonly client: number; readonly core: number };
}

/** Every client that must work in browsers. */
export const BROWSER_CLIENTS: readonly BrowserClient[] = [
  {
    provider: 'openai',
    client: `
      import { createOpenAIClient } from '@integrations/openai';
      globalThis.connect = (options) => createOpenAIClient(options);`,
    core: `
      import { Chat, createOpenAICore } from '@integrations/openai/core';
      globalThis.connect = (options) => ({ chat: new Chat(createOpenAICore(options).caller) });`,
    chatModel: 'gpt-5-mini',
    embeddingModel: 'text-embedding-3-small',
    budgets: { client: 90, core: 28 },
  },
];

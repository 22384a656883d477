import type { SimulatorOptions } from '@integrations/simulator';

/** Modules that pages load. */
interface PageModules {
  /** Makes `connect(options)` give a client. */
  readonly client: string;
  /** The same with the small core, as far as that goes: `{ chat, streams }`. */
  readonly core: string;
  /** A core that makes one call, and nothing else. */
  readonly oneCall: string;
}

/** One provider's client, as pages load it. */
export interface BrowserClient {
  readonly provider: NonNullable<SimulatorOptions['provider']>;
  readonly modules: PageModules;
  readonly chatModel: string;
  readonly embeddingModel: string;
  /** Kilobytes (1024 bytes) that each may have, minified and compressed. */
  readonly budgets: Readonly<Record<keyof PageModules, number>>;
}

function modulesOf(provider: string, name: string): PageModules {
  return {
    client: `
      import { create${name}Client } from '@integrations/${provider}';
      globalThis.connect = (options) => create${name}Client(options);`,
    core: `
      import { Chat, ChatStreams, create${name}Core, createStreamCaller } from '@integrations/${provider}/core';
      globalThis.connect = (options) => {
        const core = create${name}Core(options);
        const chat = new Chat(core.caller);
        const streams = new ChatStreams(createStreamCaller(core.path));
        chat.createStream = (...call) => streams.createStream(...call);
        return { chat };
      };`,
    oneCall: `
      import { Chat, create${name}Core } from '@integrations/${provider}/core';
      globalThis.ask = (options, request) =>
        new Chat(create${name}Core(options).caller).create(request);`,
  };
}

/** Every client that must work in browsers. */
export const BROWSER_CLIENTS: readonly BrowserClient[] = [
  {
    provider: 'openai',
    modules: modulesOf('openai', 'OpenAI'),
    chatModel: 'gpt-5-mini',
    embeddingModel: 'text-embedding-3-small',
    budgets: { client: 90, core: 28, oneCall: 25 },
  },
  {
    provider: 'mistral',
    modules: modulesOf('mistral', 'Mistral'),
    chatModel: 'mistral-small-latest',
    embeddingModel: 'mistral-embed',
    budgets: { client: 82, core: 28, oneCall: 25 },
  },
];

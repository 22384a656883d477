import { KEY } from '../contestants/contestant.ts';
import { type Reporting, silent, withoutMeter } from '../telemetry/sinks.ts';

/** A client of a library, as it is made. */
interface Constructor {
  readonly name: string;
  readonly by: string;
  /** Loads the library. What it gives makes a client. */
  load(): Promise<() => unknown>;
}

const BASE = 'http://127.0.0.1:1';

/** All clients report to the same. */
function ours(
  name: string,
  report: () => Promise<Reporting>,
  load: () => Promise<(options: Reporting['options']) => unknown>,
): Constructor {
  return {
    name,
    by: 'ours',
    load: async () => {
      const { options } = await report();
      const create = await load();
      return () => create(options);
    },
  };
}

async function loadOpenai(): Promise<(options: Reporting['options']) => unknown> {
  const { createOpenAIClient } = await import('@integrations/openai');
  return (options) => createOpenAIClient({ apiKey: KEY, baseURL: `${BASE}/v1`, ...options });
}

async function loadMistral(): Promise<(options: Reporting['options']) => unknown> {
  const { createMistralClient } = await import('@integrations/mistral');
  return (options) => createMistralClient({ apiKey: KEY, baseURL: BASE, ...options });
}

/** The least: connections to come. */
export const floorConstructor: Constructor = {
  name: 'undici Agent',
  by: 'undici',
  load: async () => {
    const { Agent } = await import('undici');
    return () => new Agent();
  },
};

export const ourConstructors: readonly Constructor[] = [
  ours('openai, everything on', withoutMeter, loadOpenai),
  ours('openai, bare', silent, loadOpenai),
  ours('mistral, everything on', withoutMeter, loadMistral),
  ours('mistral, bare', silent, loadMistral),
];

export const peerConstructors: readonly Constructor[] = [
  {
    name: "OpenAI's own client",
    by: 'openai',
    load: async () => {
      const { OpenAI } = await import('openai');
      return () => new OpenAI({ apiKey: KEY, baseURL: `${BASE}/v1` });
    },
  },
  {
    name: "Mistral's own client",
    by: '@mistralai/mistralai',
    load: async () => {
      const { Mistral } = await import('@mistralai/mistralai');
      return () => {
        const client = new Mistral({ apiKey: KEY, serverURL: BASE });
        // Its resources are made when they are first asked for.
        return [client, client.chat, client.embeddings];
      };
    },
  },
  {
    name: 'OpenAI provider of the AI SDK',
    by: '@ai-sdk/openai',
    load: async () => {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return () => createOpenAI({ apiKey: KEY, baseURL: `${BASE}/v1` });
    },
  },
];

/** @throws RangeError when nothing has that name. */
export function constructorNamed(name: string): Constructor {
  const all = [floorConstructor, ...ourConstructors, ...peerConstructors];
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no client ${name}.`);
  return found;
}

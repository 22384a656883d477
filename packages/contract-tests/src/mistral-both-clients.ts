import { createMistralClient, type MistralClient } from '@integrations/mistral';
import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';
import { Mistral } from '@mistralai/mistralai';

/** The same server twice, with a client of ours on one and the official one on the other. */
export interface BothMistralClients extends AsyncDisposable {
  readonly ours: MistralClient;
  readonly theirs: Mistral;
  readonly oursSees: Simulator;
  readonly theirsSees: Simulator;
}

/** Starts both. Ids count up alike, so equal requests get equal answers but for the time. */
export async function connectBothMistral(more: SimulatorOptions = {}): Promise<BothMistralClients> {
  const options = { provider: 'mistral', apiKeys: ['test-key'], seed: 7, ...more } as const;
  const [oursSees, theirsSees] = await Promise.all([
    createSimulator(options),
    createSimulator(options),
  ]);
  const ours = createMistralClient({
    apiKey: 'test-key',
    baseURL: oursSees.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
  const theirs = new Mistral({ apiKey: 'test-key', serverURL: theirsSees.baseURL });
  return {
    ours,
    theirs,
    oursSees,
    theirsSees,
    async [Symbol.asyncDispose]() {
      await ours.close();
      await Promise.all([oursSees.close(), theirsSees.close()]);
    },
  };
}

/** Fields that the official client calls by another word than the API does. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  sizeBytes: 'bytes',
  schemaDefinition: 'schema',
};

function wireName(name: string): string {
  return OTHER_WORDS[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What the official client gives, by the names that the API has for it. */
export function asWire(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [wireName(name), asWire(member)]),
  );
}

import { parseArgs } from 'node:util';
import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';

/** Whom an example talks to. Disposing of it ends the simulator, if there is one. */
export interface Api extends AsyncDisposable {
  /** For the client; empty where the environment says it all. */
  readonly options: { readonly apiKey?: string; readonly baseURL?: string };
  /** For people: `simulator on 127.0.0.1:49152`. */
  readonly where: string;
  /** There is one with `--simulate`, or without a key. */
  readonly simulator: Simulator | undefined;
}

const KEYS = { openai: 'OPENAI_API_KEY', mistral: 'MISTRAL_API_KEY' } as const;

/** The API itself where the environment has a key for it, else a simulator that is started for it. */
export async function whichApi(
  provider: keyof typeof KEYS,
  options: SimulatorOptions = {},
): Promise<Api> {
  const { values } = parseArgs({
    options: { simulate: { type: 'boolean', default: false } },
    strict: false,
  });
  const name = KEYS[provider];
  if (values.simulate !== true && (process.env[name] ?? '').trim() !== '') {
    const where = `the ${provider} API, with the key of ${name}`;
    return { options: {}, where, simulator: undefined, [Symbol.asyncDispose]: async () => {} };
  }
  const simulator = await createSimulator({ ...options, provider });
  return {
    options: { apiKey: 'test-key', baseURL: simulator.baseURL },
    where: `a simulator of ${provider} on 127.0.0.1:${simulator.port}`,
    simulator,
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

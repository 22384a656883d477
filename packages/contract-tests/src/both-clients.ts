import { createOpenAIClient, type OpenAIClient } from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import OpenAI from 'openai';

/** The same server twice, with a client of ours on one and the official one on the other. */
export interface BothClients extends AsyncDisposable {
  readonly ours: OpenAIClient;
  readonly theirs: OpenAI;
  readonly oursSees: Simulator;
  readonly theirsSees: Simulator;
}

/** Starts both. Ids count up alike, so equal requests get equal answers but for the time. */
export async function connectBoth(): Promise<BothClients> {
  const options = { apiKeys: ['test-key'], seed: 7 };
  const [oursSees, theirsSees] = await Promise.all([
    createSimulator(options),
    createSimulator(options),
  ]);
  const ours = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: oursSees.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
  const theirs = new OpenAI({ apiKey: 'test-key', baseURL: theirsSees.baseURL, maxRetries: 0 });
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

/** A result as plain data, with the time of the answer taken out. */
export function withoutTime(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key === 'created' ? 0 : member)),
  ) as unknown;
}

/** What a server saw of its last request, as far as it has meaning to it. */
export function lastRequest(simulator: Simulator): unknown {
  const request = simulator.requests.at(-1);
  const { accept, authorization, 'content-type': contentType } = request?.headers ?? {};
  return {
    method: request?.method,
    path: request?.path,
    query: request?.query,
    body: request?.body,
    headers: {
      authorization,
      // Theirs names JSON for a GET without a body too, which means nothing.
      contentType: request?.body === undefined ? undefined : contentType,
      // Theirs accepts JSON where it asks for events.
      accept: accept === 'text/event-stream' ? 'application/json' : accept,
    },
  };
}

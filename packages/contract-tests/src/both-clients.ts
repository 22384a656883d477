import { createOpenAIClient, type OpenAIClient } from '@integrations/openai';
import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';
import OpenAI from 'openai';

/** The same server twice, with a client of ours on one and the official one on the other. */
export interface BothClients extends AsyncDisposable {
  readonly ours: OpenAIClient;
  readonly theirs: OpenAI;
  readonly oursSees: Simulator;
  readonly theirsSees: Simulator;
}

/** Starts both. Ids count up alike, so equal requests get equal answers but for the time. */
export async function connectBoth(more: SimulatorOptions = {}): Promise<BothClients> {
  const options = { apiKeys: ['test-key'], seed: 7, ...more };
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

/** The names of members that tell when something was, or will be. */
const TIMES = /^(?:created|\w+_at)$/;

/** Seconds since 1970, or ISO 8601. */
function isTime(value: unknown): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
  );
}

/** A result as plain data, with the time of the answer taken out. */
export function withoutTime(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      TIMES.test(key) && isTime(member) ? 0 : member,
    ),
  ) as unknown;
}

/** Ways to ask for what comes as JSON, or as events of JSON. */
const ANY_JSON: ReadonlySet<unknown> = new Set(['text/event-stream', '*/*']);

/** Forms are divided by whatever comes to their writer's mind. */
function withoutBoundary(contentType: string | undefined): string | undefined {
  return contentType?.replace(/; boundary=.*$/, '');
}

/** The entries of one name stay in their order. */
function sortedByName(query: URLSearchParams): [string, string][] {
  query.sort();
  return [...query];
}

/** What a server saw of its last request, as far as it has meaning to it. */
export function lastRequest(simulator: Simulator): unknown {
  const request = simulator.requests.at(-1);
  const headers = request?.headers ?? {};
  const { accept, authorization, 'content-type': contentType } = headers;
  // Theirs may name what it would take less gladly too.
  const preferred = accept?.replace(/[;,].*$/, '');
  return {
    method: request?.method,
    path: request?.path,
    // Decoded: they need not escape the same signs, nor name things in the same order.
    query: sortedByName(new URLSearchParams(request?.query)),
    body: request?.body,
    headers: {
      authorization,
      beta: headers['openai-beta'],
      // Theirs names JSON for a GET without a body too, which means nothing.
      contentType: request?.body === undefined ? undefined : withoutBoundary(contentType),
      // Theirs accepts JSON where it asks for events, and anything where it asks for nothing.
      accept: ANY_JSON.has(preferred) ? 'application/json' : preferred,
    },
  };
}

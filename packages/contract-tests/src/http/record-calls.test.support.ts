import { createSimulator, type Simulator } from '@integrations/simulator';
import { outcomeOf } from './call-outcome.test.support.ts';
import type { Connected } from './call-table.test.support.ts';
import type { HttpProvider } from './http-provider.test.support.ts';
import {
  recordRequest,
  type RecordedRequest,
  type RecordedResponse,
  recordResponse,
} from './recorded-exchange.test.support.ts';
import type { RecordedCall, RecordedRefusal } from './recordings.test.support.ts';
import { stable } from './stable-text.test.support.ts';

/** A request and its answer. */
interface Exchange {
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

/** Watches what a client sends and gets. */
class Tape {
  readonly #exchanges: Exchange[] = [];

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const recorded = recordRequest(request.clone());
    const response = await globalThis.fetch(request);
    this.#exchanges.push({
      request: await recorded,
      response: await recordResponse(response.clone()),
    });
    return response;
  };

  rewind(): void {
    this.#exchanges.length = 0;
  }

  /** @throws Error for a call that made no request, or more than one. */
  only(name: string): Exchange {
    const [exchange, ...more] = this.#exchanges;
    if (exchange !== undefined && more.length === 0) return exchange;
    throw new Error(`${name} should make one request; it made ${this.#exchanges.length}.`);
  }
}

/** A server of its own for each call, so that its ids do not depend on the others. */
async function withServer<T>(
  provider: HttpProvider,
  work: (client: Connected, simulator: Simulator, tape: Tape) => Promise<T>,
): Promise<T> {
  const simulator = await createSimulator({
    provider: provider.name,
    retired: true,
    wordsPerEvent: 8,
  });
  const tape = new Tape();
  const client = provider.connect({ baseURL: simulator.baseURL, fetch: tape.fetch });
  try {
    return await work(client, simulator, tape);
  } finally {
    await client.close();
    await simulator.close();
  }
}

/** One way to be refused for each call; which one follows from its name. */
function refusalOf(name: string, provider: HttpProvider): string {
  const ways = Object.keys(provider.refusals);
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0);
  return ways[sum % ways.length] ?? '';
}

/** The id of a request is the same for all, as one is as good as another. */
function withPlainRequestId<T>(data: T, { headers }: RecordedResponse): T {
  const id = headers['x-request-id'] ?? headers['mistral-correlation-id'];
  if (id === undefined) return data;
  return JSON.parse(JSON.stringify(data).replaceAll(id, 'request-1')) as T;
}

/** Makes a call twice at a simulator: it is answered, and it is refused. */
export function recordCall(provider: HttpProvider, name: string): Promise<RecordedCall> {
  return withServer(provider, async (client, simulator, tape) => {
    const ids = await client.prepare(name);
    const way = refusalOf(name, provider);
    tape.rewind();
    simulator.inject({ times: 1, fault: provider.refusals[way] ?? {} });
    const refused = await outcomeOf(
      () => client.call(name, ids),
      () => tape.only(name).response,
    );
    const error = withPlainRequestId(refused.error ?? {}, tape.only(name).response);
    tape.rewind();
    const outcome = await outcomeOf(
      () => client.call(name, ids),
      () => tape.only(name).response,
    );
    const { request, response } = tape.only(name);
    const recording = withPlainRequestId({ ids, request, response, ...outcome }, response);
    return { ...stable(recording), refused: { way, error: stable(error) } };
  });
}

/** Lists the models, and is refused. */
export function recordRefusal(provider: HttpProvider, way: string): Promise<RecordedRefusal> {
  return withServer(provider, async (client, simulator, tape) => {
    simulator.inject({ fault: provider.refusals[way] ?? {} });
    const name = 'models.list';
    const outcome = await outcomeOf(
      () => client.call(name, []),
      () => tape.only(name).response,
    );
    const { response } = tape.only(name);
    const refusal = { response, error: outcome.error ?? {} };
    return stable(withPlainRequestId(refusal, response));
  });
}

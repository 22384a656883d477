import nock from 'nock';
import { expect } from 'vitest';
import { type Outcome, outcomeOf } from './call-outcome.test.support.ts';
import type { HttpProvider } from './http-provider.test.support.ts';
import { replayBody } from './recorded-body.test.support.ts';
import {
  recordRequest,
  type RecordedRequest,
  type RecordedResponse,
} from './recorded-exchange.test.support.ts';

/** A call to make, and the answer that it gets. */
export interface Replay {
  readonly name: string;
  readonly ids: readonly string[];
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

/** Lets nothing out but what is intercepted. */
export function beginReplays(): void {
  nock.disableNetConnect();
}

/** Leaves the process as it was. */
export function endReplays(): void {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
}

/**
 * Makes a call with a client that has its provider's own address and its own connections.
 * Its one request must be the recorded one; it gets the recorded answer.
 *
 * @returns what came of the call.
 */
export async function replay(
  provider: HttpProvider,
  { name, ids, request, response }: Replay,
): Promise<Outcome> {
  const [verb = '', path = ''] = request.line.split(' ');
  const sent: RecordedRequest[] = [];
  const strayed: string[] = [];
  const stray = ({ method, url }: Request): unknown => strayed.push(`${method} ${url}`);
  const scope = nock(provider.origin)
    .intercept(path, verb)
    .reply(async (received: Request) => {
      sent.push(await recordRequest(received));
      return [response.status, replayBody(response.body), { ...response.headers }];
    });
  nock.emitter.on('no match', stray);
  const client = provider.connect();
  try {
    const outcome = await outcomeOf(
      () => client.call(name, ids),
      () => response,
    );
    expect({ sent, strayed }).toEqual({ sent: [request], strayed: [] });
    scope.done();
    return outcome;
  } finally {
    nock.emitter.off('no match', stray);
    nock.cleanAll();
    await client.close();
  }
}

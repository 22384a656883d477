import { isIntegrationError } from '@integrations/errors';
import { APIError } from 'openai';
import { expect } from 'vitest';
import { type BothClients, lastRequest, withoutTime } from './both-clients.ts';

/** The same call, made with each client. */
export interface SameCall {
  readonly ours: (client: BothClients['ours']) => PromiseLike<unknown>;
  readonly theirs: (client: BothClients['theirs']) => PromiseLike<unknown>;
}

/** Makes a call with each client; wire request and result must be equal. Gives our result. */
export async function compareCalls(both: BothClients, call: SameCall): Promise<unknown> {
  const [mine, official] = await Promise.all([call.ours(both.ours), call.theirs(both.theirs)]);
  expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
  expect(withoutTime(mine)).toEqual(withoutTime(official));
  return mine;
}

/** Makes a call that has to fail with each client; wire request and error must be equal. */
export async function compareFailures(both: BothClients, call: SameCall): Promise<object> {
  const [mine, official] = await Promise.allSettled([
    call.ours(both.ours),
    call.theirs(both.theirs),
  ]);
  expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
  const ours = whatOursSays(mine.status === 'rejected' ? mine.reason : undefined);
  expect(ours).toEqual(
    whatTheirsSays(official.status === 'rejected' ? official.reason : undefined),
  );
  return ours;
}

function whatOursSays(reason: unknown): object {
  if (!isIntegrationError(reason)) throw new Error('our call should have failed');
  const { status, requestId, apiCode, type, param } = reason as typeof reason & {
    readonly apiCode?: string;
    readonly type?: string;
    readonly param?: string;
  };
  return { status, requestId, code: apiCode, type, param };
}

function whatTheirsSays(reason: unknown): object {
  if (!(reason instanceof APIError)) throw new Error('their call should have failed');
  const { status, requestID, code, type, param } = reason;
  return {
    status,
    requestId: requestID,
    code: code ?? undefined,
    type: type ?? undefined,
    param: param ?? undefined,
  };
}

/** All that an iteration gives. */
export async function collectItems<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

import { isIntegrationError } from '@integrations/errors';
import { MistralError } from '@mistralai/mistralai/models/errors';
import { expect } from 'vitest';
import { lastRequest, withoutTime } from './both-clients.ts';
import { asWire, type BothMistralClients } from './mistral-both-clients.ts';

/** The same call, made with each client. */
export interface SameMistralCall {
  readonly ours: (client: BothMistralClients['ours']) => PromiseLike<unknown>;
  readonly theirs: (client: BothMistralClients['theirs']) => PromiseLike<unknown>;
}

/** What the official client adds where it was not told: defaults of the API, in words. */
const ADDED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['stream', false],
  ['handoff_execution', 'server'],
  ['object', 'entry'],
  ['prefix', false],
  ['store', true],
  ['type', 'function'],
  ['index', 0],
  ['audio_tokens', 0],
  ['internal', false],
  ['unified_resources', false],
  ['visibility', 'workspace'],
]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Forms say it as a text. */
function isAdded(name: string, value: unknown): boolean {
  return ADDED.has(name) && (ADDED.get(name) === value || String(ADDED.get(name)) === value);
}

/** What theirs says, without the defaults that it has and ours has not. */
function withoutAdded(theirs: unknown, ours: unknown): unknown {
  if (Array.isArray(theirs)) {
    return theirs.map((member, at) =>
      withoutAdded(member, Array.isArray(ours) ? ours[at] : undefined),
    );
  }
  if (!isRecord(theirs) || !isRecord(ours)) return theirs;
  return Object.fromEntries(
    Object.entries(theirs)
      .filter(([name, member]) => name in ours || !isAdded(name, member))
      .map(([name, member]) => [name, withoutAdded(member, ours[name])]),
  );
}

/** What a server saw last. Each segment of the path decoded: they need not escape the same signs. */
function requestOf(simulator: BothMistralClients['oursSees']): unknown {
  const request = lastRequest(simulator) as { readonly path?: string };
  return { ...request, path: request.path?.split('/').map(decodeURIComponent) };
}

function expectAlike(ours: unknown, theirs: unknown): void {
  expect(ours).toEqual(withoutAdded(theirs, ours));
}

/** Makes a call with each client; wire requests must be equal. Gives both results, by the API's names. */
export async function compareMistralRequests(
  both: BothMistralClients,
  call: SameMistralCall,
): Promise<{ readonly mine: unknown; readonly official: unknown }> {
  const [mine, official] = await Promise.all([call.ours(both.ours), call.theirs(both.theirs)]);
  expectAlike(requestOf(both.oursSees), requestOf(both.theirsSees));
  return { mine, official: asWire(official) };
}

/**
 * Makes a call with each client; wire request and result must be equal, but for what theirs
 * adds by itself. Gives our result.
 */
export async function compareMistralCalls(
  both: BothMistralClients,
  call: SameMistralCall,
): Promise<unknown> {
  const { mine, official } = await compareMistralRequests(both, call);
  expectAlike(withoutTime(mine), withoutTime(official));
  return mine;
}

/** Makes a call that has to fail with each client; wire request and status must be equal. */
export async function compareMistralFailures(
  both: BothMistralClients,
  call: SameMistralCall,
): Promise<unknown> {
  const [mine, official] = await Promise.allSettled([
    call.ours(both.ours),
    call.theirs(both.theirs),
  ]);
  expectAlike(requestOf(both.oursSees), requestOf(both.theirsSees));
  const error: unknown = mine.status === 'rejected' ? mine.reason : undefined;
  const theirs: unknown = official.status === 'rejected' ? official.reason : undefined;
  if (!isIntegrationError(error)) throw new Error('our call should have failed');
  if (!(theirs instanceof MistralError)) throw new Error('their call should have failed');
  expect(error.status).toBe(theirs.statusCode);
  return error;
}

/** The data of all events of an official stream. */
export async function eventData(
  events: AsyncIterable<{ readonly data: unknown }>,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const { data } of events) all.push(data);
  return all;
}

import { isDeepStrictEqual } from 'node:util';
import { type IntegrationError, isIntegrationError } from '@integrations/errors';
import { type RecordedBody, recordBody } from './recorded-body.test.support.ts';
import type { RecordedResponse } from './recorded-exchange.test.support.ts';

/** What an error tells its catcher. */
export type RecordedError = Readonly<Record<string, unknown>>;

/** What came of a call. */
export interface Outcome {
  /** Null for nothing; left out where the answer's body says the same, as it does for most calls. */
  readonly result?: unknown;
  readonly requestId?: string;
  readonly error?: RecordedError;
}

const TOLD = ['code', 'status', 'apiCode', 'type', 'param', 'retryable', 'retryAfterMs'] as const;

/** An error by its class, its words and all that can be asked of it. */
function recordError(reason: unknown): RecordedError {
  if (!isIntegrationError(reason)) throw reason;
  const { name, message, requestId } = reason;
  const error = reason as IntegrationError & Readonly<Record<string, unknown>>;
  const told = TOLD.map((member) => [member, error[member]] as const);
  return Object.fromEntries(
    Object.entries({ name, message, ...Object.fromEntries(told), requestId }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function isBinary(value: unknown): value is { bytes(): Promise<Uint8Array> } {
  return typeof member(value, 'bytes') === 'function' && isIterable(value);
}

function isPage(value: unknown): boolean {
  return typeof member(value, 'getNextPage') === 'function';
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** A result as plain data: of a file its bytes, of a stream its events. */
async function plain(value: unknown): Promise<unknown> {
  if (isBinary(value) && member(value, 'contentType') !== undefined) {
    return recordBody(await value.bytes());
  }
  const data = isIterable(value) && !isPage(value) ? await collect(value) : value;
  return data === undefined ? undefined : (JSON.parse(JSON.stringify(data)) as unknown);
}

function isEventStream({ headers }: RecordedResponse): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}

function eventsIn(lines: readonly string[]): unknown[] {
  return lines
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice('data: '.length)) as unknown);
}

/** What a client gives of an answer that it takes as it is. */
function resultIn(response: RecordedResponse): unknown {
  const body: RecordedBody | undefined = response.body;
  if (body === undefined) return undefined;
  if ('json' in body) return body.json;
  return 'lines' in body && isEventStream(response) ? eventsIn(body.lines) : body;
}

/** Makes a call, and tells what came of it. @param response the answer that it got. */
export async function outcomeOf(
  call: () => PromiseLike<unknown>,
  response: () => RecordedResponse,
): Promise<Outcome> {
  try {
    const value = await call();
    const result = await plain(value);
    const requestId = member(value, 'requestId');
    return {
      ...(!isDeepStrictEqual(result, resultIn(response())) && { result: result ?? null }),
      ...(typeof requestId === 'string' && { requestId }),
    };
  } catch (reason) {
    return { error: recordError(reason) };
  }
}

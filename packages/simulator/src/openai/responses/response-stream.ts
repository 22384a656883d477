import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { EventStreamReply } from '../../reply.ts';
import { toServerEvent } from './response-events.ts';

/** What a stream of events comes with. */
export interface StreamSettings {
  /** What the same request gets without streaming. */
  readonly body: JsonObject;
  readonly tokens: number;
  /** Whether the sizes of the events hide the words. */
  readonly padded: boolean;
}

/** Events as a stream. There is no end mark but the last of them. */
export function streamReply(
  events: readonly JsonObject[],
  { body, tokens, padded }: StreamSettings,
): EventStreamReply {
  const letters = String(body['id']).slice('resp_'.length);
  const sent = events.map((event) => toServerEvent(event, letters, padded));
  const last = sent.at(-1) ?? { data: '[DONE]' };
  const errorEvent: EventStreamReply['errorEvent'] = (given) => ({
    event: 'error',
    data: JSON.stringify({ type: 'error', ...flat(given), sequence_number: events.length }),
  });
  return { kind: 'events', events: sent.slice(0, -1), terminator: last, errorEvent, body, tokens };
}

/** In these streams an error has no member of its own, and no type. */
function flat(body: unknown): JsonObject {
  const error = isJsonObject(body) ? body['error'] : undefined;
  if (!isJsonObject(error)) return {};
  const { type: _kind, ...rest } = error;
  return rest;
}

import type { IntegrationError } from '@integrations/errors';
import { type DecodedEvent, STREAM_SKIP } from '../endpoint.ts';
import type { ServerSentEvent } from '@integrations/transport';
import { isErrorObject } from './error-object.ts';
import { parseEventJson } from './event-json.ts';

/** Some servers close a stream with it. It says nothing: streams of typed events have an end of their own. */
const DONE = '[DONE]';

/** Events that only keep the connection awake. */
const KEEP_ALIVE = 'keepalive';

/** The error of an event stands in a member of its own, or is the event itself. */
function errorBody(event: object): unknown {
  if ('error' in event && event.error) return event;
  const { type, ...error } = event as { readonly type?: unknown };
  return { error: type === 'error' ? error : event };
}

/**
 * What one event of a stream of typed events means. Events of unknown types pass as
 * they are; what has no type says nothing.
 *
 * @throws the error that the event carries, or InvalidJsonError.
 */
export function decodeTypedEvent<Event extends { readonly type: string }>(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<Event> {
  if (event.data === DONE) return STREAM_SKIP;
  const body = parseEventJson(event);
  if (typeof body !== 'object' || body === null) return STREAM_SKIP;
  const type = 'type' in body ? body.type : undefined;
  const carriesError = type === undefined && 'error' in body && body.error;
  if (event.event === 'error' || type === 'error' || carriesError || isErrorObject(body)) {
    throw toApiError(errorBody(body));
  }
  if (typeof type !== 'string' || type === KEEP_ALIVE) return STREAM_SKIP;
  return body as Event;
}

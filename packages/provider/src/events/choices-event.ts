import type { IntegrationError } from '@integrations/errors';
import { type DecodedEvent, STREAM_END, STREAM_SKIP } from '../endpoint.ts';
import type { ServerSentEvent } from '@integrations/transport';
import { isErrorObject } from './error-object.ts';
import { parseEventJson } from './event-json.ts';

/** The end mark of a stream of choices: exactly this, and nothing counts after it. */
const DONE = '[DONE]';

/**
 * What one event of a stream of choices means. Events without choices, such as the
 * pings of some servers, say nothing.
 *
 * @throws the error that the event carries, or InvalidJsonError.
 */
export function decodeChoicesEvent<Chunk extends { readonly choices: readonly unknown[] }>(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<Chunk> {
  if (event.data === DONE) return STREAM_END;
  const body = parseEventJson(event);
  if (typeof body !== 'object' || body === null) return STREAM_SKIP;
  if (event.event === 'error' || ('error' in body && body.error)) throw toApiError(body);
  if ('choices' in body && Array.isArray(body.choices)) return body as Chunk;
  if (isErrorObject(body)) throw toApiError(body);
  return STREAM_SKIP;
}

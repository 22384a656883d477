import type { IntegrationError } from '@integrations/errors';
import {
  type DecodedEvent,
  type EventStream,
  parseEventJson,
  STREAM_END,
  STREAM_SKIP,
} from '@integrations/provider';
import type { ServerSentEvent } from '@integrations/transport';
import type { RunStreamEvent } from './run-stream-event.ts';

/** The end mark of the stream. */
const DONE = '[DONE]';

/** The events all bear names of things in a thread; others are not for us. */
const PREFIX = 'thread.';

/**
 * What one event of a run means: its name and what it carries, as they came.
 *
 * @throws the error that the event carries, or InvalidJsonError.
 */
export function decodeRunEvent(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<RunStreamEvent> {
  if (event.data === DONE) return STREAM_END;
  if (event.event === 'error') throw toApiError(parseEventJson(event));
  if (!event.event.startsWith(PREFIX)) return STREAM_SKIP;
  return { event: event.event, data: parseEventJson(event) } as RunStreamEvent;
}

/** What happens while a run goes on, until it ends or waits for a function. */
export type RunStream = EventStream<RunStreamEvent>;

import type { IntegrationError } from '@integrations/errors';
import { type DecodedEvent, decodeTypedEvent, STREAM_END } from '@integrations/provider';
import type { ServerSentEvent } from '@integrations/transport';
import type { ConversationEvent } from './conversation-event.ts';

/** An event as the API sends it: some are errors. */
type WireEvent = ConversationEvent | { readonly type: 'conversation.response.error' };

/**
 * What one event of an answer means. Events of unknown types pass as they are.
 *
 * @throws the error that the event carries, or InvalidJsonError.
 */
export function decodeConversationEvent(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<ConversationEvent> {
  const decoded = decodeTypedEvent<WireEvent>(event, toApiError);
  if (typeof decoded === 'symbol' || decoded.type !== 'conversation.response.error') return decoded;
  // Its type would be taken for the kind of the error.
  const { type: _type, ...error } = decoded;
  throw toApiError({ error });
}

/** The answer is whole when the API says so. */
export function endOfAnswer({ type }: ConversationEvent): typeof STREAM_END | undefined {
  return type === 'conversation.response.done' ? STREAM_END : undefined;
}

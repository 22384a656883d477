import type { Reply } from '../../reply.ts';
import { type AnswerSettings, answerConversation } from './conversation-answer.ts';
import { conversationEvent, entryEvents, errorEvent } from './conversation-events.ts';
import type { AnswerRequest } from './conversation-shape.ts';
import { toEntry } from './entry.ts';
import type { KeptConversation } from './kept-conversation.ts';

/**
 * Answers in a conversation, as one body or as a stream, and adds inputs and outputs to it unless they are not to be
 * stored.
 *
 * @throws RequestRefused 400 or 422 for what a chat is refused for
 */
export function replyIn(
  conversation: KeptConversation,
  request: AnswerRequest,
  settings: AnswerSettings,
): Reply {
  const { inputs = [], completion_args: args, handoff_execution: executes } = request;
  conversation.checkResults(inputs);
  const entries = inputs.map((input) => toEntry(input, settings.identifiers));
  const { outputs, usage } = answerConversation(
    {
      entries: [...conversation.entries, ...entries],
      partner: conversation.parts.partner,
      args,
      metadata: conversation.metadata,
      stopsAtHandoff: executes === 'client',
    },
    settings,
  );
  if (request.store !== false) conversation.add([...entries, ...outputs]);
  const { id: conversation_id } = conversation;
  const body = { object: 'conversation.response', conversation_id, outputs, usage };
  const tokens = usage.total_tokens;
  if (request.stream !== true) return { kind: 'json', body, tokens };
  return {
    kind: 'events',
    events: [
      conversationEvent('conversation.response.started', { conversation_id }),
      ...entryEvents(outputs, settings.wordsPerEvent),
    ],
    // There is no end mark but the last event.
    terminator: conversationEvent('conversation.response.done', { usage }),
    errorEvent,
    body,
    tokens,
  };
}

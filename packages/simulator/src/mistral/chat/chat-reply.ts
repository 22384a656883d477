import { DONE } from '../../done-event.ts';
import type { Identifiers } from '../../identifiers.ts';
import type { Reply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { answerChat } from './chat-answer.ts';
import { chunkEvents } from './chat-chunks.ts';
import { type ChatCompletion, completionBody } from './chat-completion.ts';
import type { ChatRequest } from './chat-request.ts';
import type { PromptCache } from './prompt-cache.ts';
import { usageOf } from './usage.ts';

/** What chats are answered with. */
export interface ChatSettings {
  readonly wordsPerEvent: number;
  readonly identifiers: Identifiers;
  readonly cache: PromptCache;
}

/** Answers a chat request as one body or as a stream; every choice is the same. */
export function replyToChat(request: ChatRequest, settings: ChatSettings): Reply {
  const completion = complete(request, settings);
  const tokens = completion.usage.total_tokens;
  const body = completionBody(completion);
  if (!request.stream) return { kind: 'json', body, tokens };
  const { wordsPerEvent } = settings;
  const events = chunkEvents(completion, { wordsPerEvent, onDemand: request.onDemand });
  return { kind: 'events', events, terminator: DONE, body, tokens };
}

function complete(request: ChatRequest, { identifiers, cache }: ChatSettings): ChatCompletion {
  const answer = answerChat(request, identifiers);
  const { all, cached } = cache.count(request.model, request.messages);
  return {
    id: identifiers.nextHex('completion', 32),
    created: epochSeconds(),
    model: request.model,
    answer,
    choices: request.choices,
    usage: usageOf(all, answer.tokens * request.choices, cached),
  };
}

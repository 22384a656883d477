import type { ChatAnswer } from './chat-answer.ts';
import { thinkingPart } from './thinking-part.ts';
import type { Usage } from './usage.ts';

/** The answer to a chat request, before it is laid out as one body or as chunks. */
export interface ChatCompletion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly answer: ChatAnswer;
  readonly choices: number;
  readonly usage: Usage;
}

/** The body of an answer that is not streamed. */
export function completionBody(completion: ChatCompletion): unknown {
  const { id, created, model, answer, choices, usage } = completion;
  const { toolCalls, finishReason } = answer;
  const message = {
    role: 'assistant',
    tool_calls: toolCalls.length === 0 ? null : toolCalls,
    content: contentOf(answer),
  };
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: Array.from({ length: choices }, (_, index) => ({
      index,
      finish_reason: finishReason,
      message,
    })),
    usage,
  };
}

/** A text, or a thought and a text as parts. */
function contentOf({ thought, text }: ChatAnswer): unknown {
  if (thought === undefined) return text;
  return [thinkingPart(thought, true), { type: 'text', text }];
}

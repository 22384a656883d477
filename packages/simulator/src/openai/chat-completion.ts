import type { Identifiers } from '../identifiers.ts';
import { epochSeconds } from '../wall-time.ts';
import { answerChat, type ChatAnswer } from './chat-answer.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ModelDescription } from '../model-description.ts';

/** The answer to a chat request, before it is laid out as one body or as chunks. */
export interface ChatCompletion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly systemFingerprint: string;
  readonly answer: ChatAnswer;
  readonly choices: number;
  readonly usage: CompletionUsage;
}

/** Token counts as the API reports them. */
export interface CompletionUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly audio_tokens: number };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: number;
    readonly accepted_prediction_tokens: number;
    readonly rejected_prediction_tokens: number;
  };
}

/** Answers a chat request; every choice is the same. */
export function complete(
  request: ChatRequest,
  model: ModelDescription,
  identifiers: Identifiers,
): ChatCompletion {
  const name = model.snapshot ?? model.id;
  const id = `chatcmpl-${identifiers.next('chatcmpl', 29)}`;
  const answer = answerChat(request, identifiers);
  return {
    id,
    created: epochSeconds(),
    model: name,
    systemFingerprint: `fp_${identifiers.stable('fingerprint', name, 10)}`,
    answer,
    choices: request.choices,
    usage: usageOf(request.promptTokens, answer.tokens * request.choices),
  };
}

/** The body of an answer that is not streamed. */
export function completionBody(completion: ChatCompletion): {
  readonly id: string;
  readonly model: string;
} {
  const { content, refusal, toolCalls, finishReason } = completion.answer;
  const body = {
    id: completion.id,
    object: 'chat.completion',
    created: completion.created,
    model: completion.model,
    choices: Array.from({ length: completion.choices }, (_, index) => ({
      index,
      message: {
        role: 'assistant',
        content,
        ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
        refusal,
        annotations: [],
      },
      logprobs: null,
      finish_reason: finishReason,
    })),
    usage: completion.usage,
    service_tier: 'default',
    system_fingerprint: completion.systemFingerprint,
  };
  return body;
}

/** The usage of so many tokens. */
export function usageOf(promptTokens: number, completionTokens: number): CompletionUsage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

import { answer } from '../answer.ts';
import type { Identifiers } from '../identifiers.ts';
import { splitTokens } from '../tokens.ts';
import { epochSeconds } from '../wall-time.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ModelDescription } from './model-catalog.ts';

/** The answer to a chat request, before it is laid out as one body or as chunks. */
export interface ChatCompletion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly systemFingerprint: string;
  readonly text: string;
  readonly finishReason: 'stop' | 'length';
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
  const quoted = answer(request.messages);
  const whole = beforeStop(
    request.jsonAnswer ? JSON.stringify({ answer: quoted }) : quoted,
    request.stop,
  );
  const tokens = splitTokens(whole);
  const kept = tokens.slice(0, request.maxTokens);
  const name = model.snapshot ?? model.id;
  return {
    id: `chatcmpl-${identifiers.next('chatcmpl', 29)}`,
    created: epochSeconds(),
    model: name,
    systemFingerprint: `fp_${identifiers.stable('fingerprint', name, 10)}`,
    text: kept.join(''),
    finishReason: kept.length < tokens.length ? 'length' : 'stop',
    choices: request.choices,
    usage: usageOf(request.promptTokens, kept.length * request.choices),
  };
}

/** The body of an answer that is not streamed. */
export function completionBody(completion: ChatCompletion): unknown {
  return {
    id: completion.id,
    object: 'chat.completion',
    created: completion.created,
    model: completion.model,
    choices: Array.from({ length: completion.choices }, (_, index) => ({
      index,
      message: { role: 'assistant', content: completion.text, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: completion.finishReason,
    })),
    usage: completion.usage,
    service_tier: 'default',
    system_fingerprint: completion.systemFingerprint,
  };
}

function beforeStop(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

function usageOf(promptTokens: number, completionTokens: number): CompletionUsage {
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

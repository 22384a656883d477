import type { AnswerFacts, RequestFacts } from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { ChatCompletionCreateRequest } from './chat-completion-request.ts';
import { reportedUsage } from './completion-usage.ts';

/** What `response_format` asks for, as the conventions name it. */
function outputType(
  format: ChatCompletionCreateRequest['response_format'],
): 'text' | 'json' | undefined {
  if (format === undefined || format === null) return undefined;
  return format.type === 'text' ? 'text' : 'json';
}

/** What telemetry tells of a request, which may still be a wrong one. */
export function describeChatRequest(request: ChatCompletionCreateRequest): RequestFacts {
  const { messages, stop } = request;
  return {
    operation: 'chat',
    model: request.model,
    messageCount: Array.isArray(messages) ? messages.length : undefined,
    stream: request.stream === true ? true : undefined,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    seed: request.seed ?? undefined,
    stopSequences: stop ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    choiceCount: request.n ?? undefined,
    outputType: outputType(request.response_format),
    openai: { apiType: 'chat_completions', serviceTier: request.service_tier ?? undefined },
  };
}

/** Gathers what an answer, or a chunk of one, tells of itself. */
export function collectChatFacts(
  answer: ChatCompletion | ChatCompletionChunk,
  facts: AnswerFacts,
): void {
  // Azure's streams begin with a chunk that has no id and no model.
  facts.id ||= answer.id;
  facts.model ||= answer.model;
  facts.serviceTier ??= answer.service_tier ?? undefined;
  facts.systemFingerprint ??= answer.system_fingerprint;
  for (const { finish_reason: reason } of answer.choices) {
    if (reason) (facts.finishReasons ??= []).push(reason);
  }
  const usage = reportedUsage(answer);
  if (usage !== undefined) facts.usage = usage;
}

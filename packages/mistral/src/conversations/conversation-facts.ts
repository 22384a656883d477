import {
  type AnswerFacts,
  describeChatRequest,
  type PathParameters,
  type RequestFacts,
  type TokenUsage,
} from '@integrations/provider';
import type { ConversationEvent } from './conversation-event.ts';
import type {
  ConversationAppendRequest,
  ConversationRestartRequest,
  ConversationStartRequest,
} from './conversation-request.ts';
import type { ConversationResponse, ConversationUsage } from './conversation-response.ts';
import type { OutputEntry } from './entry.ts';

/** Any request for an answer; it may still be a wrong one. */
export type AnswerRequest =
  | ConversationStartRequest
  | ConversationAppendRequest
  | ConversationRestartRequest;

/** What telemetry tells of a request. */
export function describeConversationRequest(
  request: AnswerRequest & { readonly stream?: boolean | undefined },
  { conversation_id: conversationId }: PathParameters,
): RequestFacts {
  const { completion_args: args, inputs, stream } = request;
  const model = 'model' in request ? request.model : undefined;
  const messages = typeof inputs === 'string' ? [inputs] : inputs;
  return { ...describeChatRequest({ ...args, model, messages, stream }), conversationId };
}

/** What tools of the provider used is a part of neither prompt nor answer, but is read. */
function tokenUsage(usage: ConversationUsage | undefined): TokenUsage | undefined {
  if (usage === undefined || usage === null) return undefined;
  return {
    inputTokens: usage.prompt_tokens + (usage.connector_tokens ?? 0),
    outputTokens: usage.completion_tokens,
  };
}

/** Why the model stopped, in the words that chats have for it. */
function finishReason(outputs: readonly OutputEntry[] | undefined): string {
  return outputs?.some(({ type }) => type === 'function.call') ? 'tool_calls' : 'stop';
}

function modelOf(outputs: readonly OutputEntry[] | undefined): string | undefined {
  const models = outputs?.map((entry) => ('model' in entry ? entry.model : undefined));
  return models?.find((model) => typeof model === 'string');
}

/** Gathers what a response tells of itself. */
export function collectConversationFacts(
  { conversation_id: conversationId, outputs, usage }: ConversationResponse,
  facts: AnswerFacts,
): void {
  facts.conversationId = conversationId;
  facts.model = modelOf(outputs);
  facts.finishReasons = [finishReason(outputs)];
  facts.usage = tokenUsage(usage);
}

/** Gathers what an event tells of the response. */
export function collectConversationEvent(event: ConversationEvent, facts: AnswerFacts): void {
  if (event.type === 'conversation.response.started') facts.conversationId = event.conversation_id;
  if ('model' in event && typeof event.model === 'string') facts.model ??= event.model;
  if (event.type === 'function.call.delta') facts.finishReasons ??= ['tool_calls'];
  if (event.type !== 'conversation.response.done') return;
  facts.finishReasons ??= ['stop'];
  facts.usage = tokenUsage(event.usage);
}

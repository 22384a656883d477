import {
  argumentsText,
  callId,
  type ToolCallOutcome,
  type ToolCallRequest,
  type ToolTurn,
} from '@integrations/provider';
import type { AssistantMessage, ToolCall } from './chat-completion.ts';
import type { ChatMessage, ToolMessage } from './chat-message.ts';
import { toMistralToolCallId } from './tool-call-id.ts';

/** @param madeFor what an id is made from where the call came without one. */
function toRequestCall(call: ToolCall, madeFor: string): ToolCall {
  const { name, arguments: input } = call.function;
  const id = toMistralToolCallId(callId(call) ?? madeFor);
  return { id, type: 'function', function: { name, arguments: input } };
}

function toCallRequest({ id, function: called }: ToolCall): ToolCallRequest {
  return { id, name: called.name, arguments: argumentsText(called.arguments) };
}

/**
 * An answer as it is sent back, without what only answers have, and the calls in it.
 *
 * @param place that of the answer in the conversation, which no other call there shares.
 */
export function toTurn(
  { content, tool_calls }: AssistantMessage,
  place: number,
): ToolTurn<ChatMessage> {
  const calls = (tool_calls ?? []).map((call, at) => toRequestCall(call, `${place} ${at}`));
  const message: ChatMessage = {
    role: 'assistant',
    content,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return { message, calls: calls.map(toCallRequest) };
}

/** What the model is told of a call. */
export function toToolMessage({ id, name, content }: ToolCallOutcome): ToolMessage {
  return { role: 'tool', tool_call_id: id, name, content };
}

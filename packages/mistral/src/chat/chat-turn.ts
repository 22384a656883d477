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

/** An id that the API takes, also of a call that came without one. */
function idOf(call: ToolCall, at: number): string {
  const { name, arguments: input } = call.function;
  return toMistralToolCallId(callId(call) ?? `${at} ${name} ${argumentsText(input)}`);
}

function toRequestCall(call: ToolCall, at: number): ToolCall {
  const { name, arguments: input } = call.function;
  return { id: idOf(call, at), type: 'function', function: { name, arguments: input } };
}

function toCallRequest({ id, function: called }: ToolCall): ToolCallRequest {
  return { id, name: called.name, arguments: argumentsText(called.arguments) };
}

/** An answer as it is sent back, without what only answers have, and the calls in it. */
export function toTurn({ content, tool_calls }: AssistantMessage): ToolTurn<ChatMessage> {
  const calls = (tool_calls ?? []).map(toRequestCall);
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

import type { ToolCallOutcome, ToolCallRequest, ToolTurn } from '@integrations/provider';
import type { AssistantMessage, FunctionToolCall, ToolCall } from './chat-completion.ts';
import type { AssistantMessageInput, ToolMessage } from './chat-completion-request.ts';

/** An answer as the conversation goes on with it. */
export function toTurn(message: AssistantMessage): ToolTurn<AssistantMessageInput> {
  const calls = (message.tool_calls ?? []).map(toCallRequest);
  return { message: toRequestMessage(message), calls };
}

/** What the model is told of a call. */
export function toToolMessage({ id, content }: ToolCallOutcome): ToolMessage {
  return { role: 'tool', tool_call_id: id, content };
}

/** An answer as it is sent back: without what only answers have. */
function toRequestMessage(message: AssistantMessage): AssistantMessageInput {
  const { content, refusal, audio, tool_calls: calls, function_call: called } = message;
  return {
    role: 'assistant',
    content,
    ...(refusal ? { refusal } : {}),
    ...(audio ? { audio: { id: audio.id } } : {}),
    ...(calls === undefined ? {} : { tool_calls: calls.map(toRequestCall) }),
    ...(called ? { function_call: called } : {}),
  };
}

function toRequestCall(call: ToolCall): ToolCall {
  const { id } = call;
  if (call.type === 'custom') {
    const { name, input } = call.custom;
    return { id, type: 'custom', custom: { name, input } };
  }
  return { id, type: 'function', function: plainCall(call) };
}

function plainCall({ function: called }: FunctionToolCall): FunctionToolCall['function'] {
  return { name: called.name, arguments: called.arguments };
}

function toCallRequest(call: ToolCall): ToolCallRequest {
  const { id } = call;
  if (call.type === 'custom') return { id, name: call.custom.name, arguments: call.custom.input };
  return { id, ...call.function };
}

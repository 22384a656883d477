import type { AssistantMessage, FunctionToolCall, ToolCall } from './chat-completion.ts';
import type { AssistantMessageInput, ToolChoice } from './chat-completion-request.ts';

/** An answer as it is sent back: without what only answers have. */
export function toRequestMessage(message: AssistantMessage): AssistantMessageInput {
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

/** The function that every answer has to call, if the request names one. */
export function forcedFunction(choice: ToolChoice | undefined): string | undefined {
  return typeof choice === 'object' && choice.type === 'function'
    ? choice.function.name
    : undefined;
}

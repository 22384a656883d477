import type { ToolCall } from './chat-completion.ts';
import type { ToolMessage } from './chat-completion-request.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** The model has answered: at last with a text, before that with calls of tools. */
export interface CompletionStep<Output> {
  readonly type: 'completion';
  readonly completion: ParsedChatCompletion<Output>;
}

/** A tool has been run, or could not be. */
export interface ToolResultStep {
  readonly type: 'tool_result';
  readonly call: ToolCall;
  /** What the model is told. */
  readonly message: ToolMessage;
  /** What went wrong, if anything; the model was told so. */
  readonly error: unknown;
}

/** What happens in a run of tools. */
export type ToolRunStep<Output> = CompletionStep<Output> | ToolResultStep;

/** What happens in a run whose answers are streamed. */
export type StreamedToolRunStep<Output> = ToolRunStep<Output> | ChatStreamEvent<Output>;

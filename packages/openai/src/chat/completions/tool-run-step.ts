import type {
  ChatToolRunStep,
  CompletionStep as AnsweredStep,
  ToolResultStep as ResultStep,
} from '@integrations/provider';
import type { ToolCall } from './chat-completion.ts';
import type { ToolMessage } from './chat-completion-request.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** The model has answered: at last with a text, before that with calls of tools. */
export type CompletionStep<Output> = AnsweredStep<ParsedChatCompletion<Output>>;

/** A tool has been run, or could not be. */
export type ToolResultStep = ResultStep<ToolCall, ToolMessage>;

/** What happens in a run of tools. */
export type ToolRunStep<Output> = ChatToolRunStep<ParsedChatCompletion<Output>, ToolMessage>;

/** What happens in a run whose answers are streamed. */
export type StreamedToolRunStep<Output> = ToolRunStep<Output> | ChatStreamEvent<Output>;

import type { ToolCallOf, WireCompletion } from './wire-chat.ts';

/** The model has answered: at last with a text, before that with calls of tools. */
export interface CompletionStep<Completion> {
  readonly type: 'completion';
  readonly completion: Completion;
}

/** A tool has been run, or could not be. */
export interface ToolResultStep<Call, Message> {
  readonly type: 'tool_result';
  readonly call: Call;
  /** What the model is told. */
  readonly message: Message;
  /** What went wrong, if anything; the model was told so. */
  readonly error: unknown;
}

/** What happens in a run of tools. */
export type ChatToolRunStep<Completion extends WireCompletion, ToolMessage> =
  | CompletionStep<Completion>
  | ToolResultStep<ToolCallOf<Completion>, ToolMessage>;

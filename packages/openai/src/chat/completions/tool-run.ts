import type { ChatToolRun } from '@integrations/provider';
import type { ChatMessage, ToolMessage } from './chat-completion-request.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import type { ToolRunStep } from './tool-run-step.ts';

/** A conversation that goes on by itself, until the model answers without a call. */
export type ToolRun<Output, Step = ToolRunStep<Output>> = ChatToolRun<
  ParsedChatCompletion<Output>,
  ChatMessage,
  ToolMessage,
  Step
>;

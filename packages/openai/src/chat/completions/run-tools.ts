import {
  type OutputOf,
  type RunnableTool,
  runChatTools,
  type RunToolsOptions,
  type ToolRunCalls,
  type ToolRunRules,
} from '@integrations/provider';
import { DIALECT } from './chat-dialect.ts';
import type {
  ChatCompletionRequest,
  ChatMessage,
  ResponseFormat,
  ToolMessage,
} from './chat-completion-request.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import { toToolMessage, toTurn } from './chat-turn.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import type { ToolRun } from './tool-run.ts';
import type { StreamedToolRunStep } from './tool-run-step.ts';

/** A conversation in which the model may call tools. */
export interface RunToolsRequest<
  Format extends ResponseFormat | undefined = undefined,
> extends Omit<ChatCompletionRequest, 'tools' | 'response_format' | 'n'> {
  /** Made by `zodFunction` or `standardFunction`. */
  readonly tools: readonly RunnableTool[];
  readonly response_format?: Format;
  /** Whether answers are streamed: the steps then have the events of each. @default false */
  readonly stream?: boolean | null | undefined;
}

/** How a run asks the model. */
export type ChatCalls<Format extends ResponseFormat | undefined> = ToolRunCalls<
  RunToolsRequest<Format>,
  ParsedChatCompletion<OutputOf<Format>>,
  OutputOf<Format>,
  ChatStreamEvent<OutputOf<Format>>
>;

/**
 * Begins a run of tools; nothing is sent until it is read.
 *
 * @throws ValidationError or ConfigurationError when the run cannot be right.
 */
export function createToolRun<Format extends ResponseFormat | undefined>(
  request: RunToolsRequest<Format>,
  options: RunToolsOptions,
  calls: ChatCalls<Format>,
): ToolRun<OutputOf<Format>, StreamedToolRunStep<OutputOf<Format>>> {
  const rules: ToolRunRules<ParsedChatCompletion<OutputOf<Format>>, ChatMessage, ToolMessage> = {
    dialect: DIALECT,
    toTurn,
    toToolMessage,
  };
  return runChatTools(request, options, calls, rules);
}

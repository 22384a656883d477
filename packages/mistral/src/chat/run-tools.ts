import type {
  ChatToolRun,
  ChatToolRunStep,
  OutputOf,
  RunnableTool,
  ToolRunRules,
} from '@integrations/provider';
import { CHAT_DIALECT } from './chat-dialect.ts';
import type { ChatCompletionRequest, ResponseFormat } from './chat-completion-request.ts';
import type { ChatMessage, ToolMessage } from './chat-message.ts';
import type { ChatStreamEvent } from './chat-stream.ts';
import type { ToolChoice } from './chat-tool.ts';
import { toToolMessage, toTurn } from './chat-turn.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** A conversation in which the model may call tools. */
export interface RunToolsRequest<
  Format extends ResponseFormat | undefined = undefined,
> extends Omit<ChatCompletionRequest, 'tools' | 'response_format' | 'n'> {
  /** Made by `zodFunction` or `standardFunction`. */
  readonly tools: readonly RunnableTool[];
  readonly response_format?: Format;
  /** Whether answers are streamed: the steps then have the events of each. @default false */
  readonly stream?: boolean | undefined;
}

/** What happens in a run of tools. */
export type ToolRunStep<Output> = ChatToolRunStep<ParsedChatCompletion<Output>, ToolMessage>;

/** What happens in a run whose answers are streamed. */
export type StreamedToolRunStep<Output> = ToolRunStep<Output> | ChatStreamEvent<Output>;

/** A conversation that goes on by itself until the model answers without a call of a tool. */
export type ToolRun<Output, Event = never> = ChatToolRun<
  ParsedChatCompletion<Output>,
  ChatMessage,
  ToolMessage,
  Event,
  ToolChoice
>;

/** The run of a request whose answers are streamed. */
export type StreamedToolRun<Format extends ResponseFormat | undefined> = ToolRun<
  OutputOf<Format>,
  ChatStreamEvent<OutputOf<Format>>
>;

/** How Mistral's conversations go on after tools were called. */
export function toolRunRules<Output>(): ToolRunRules<
  ParsedChatCompletion<Output>,
  ChatMessage,
  ToolMessage
> {
  return { dialect: CHAT_DIALECT, toTurn, toToolMessage };
}

import type { AsRequest } from '@integrations/provider';
import type { ToolCall } from './chat-completion.ts';
import type { ContentChunk, TextChunk, ThinkChunk } from './content-chunk.ts';

/** Text, or parts in their order. */
export type MessageContent = string | readonly AsRequest<ContentChunk>[];

/** Instructions that outrank the user's. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly AsRequest<TextChunk | ThinkChunk>[];
}

/** What the user says. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: MessageContent | null;
}

/** An earlier answer. The `message` of a completion can be passed as it is. */
export interface AssistantMessageInput {
  readonly role: 'assistant';
  readonly content?: MessageContent | null | undefined;
  /** Their ids have nine letters or digits: `toMistralToolCallId` makes such ids of others. */
  readonly tool_calls?: readonly AsRequest<ToolCall>[] | null | undefined;
  /** Whether the answer is to begin with this content. It must be the last message. @default false */
  readonly prefix?: boolean | undefined;
}

/** What a tool gave back. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly content: MessageContent | null;
  /** The id of the call, as the answer has it. */
  readonly tool_call_id?: string | null | undefined;
  /** The function that was called. */
  readonly name?: string | null | undefined;
}

/** One turn of a conversation. */
export type ChatMessage = SystemMessage | UserMessage | AssistantMessageInput | ToolMessage;

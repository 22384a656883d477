import {
  ChatCompletionStream,
  type ChatEvent,
  type ChatOutputs,
  type EventReader,
} from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import { CHAT_DIALECT } from './chat-dialect.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** What happens in a streamed answer. */
export type ChatStreamEvent<Output = unknown> = ChatEvent<ChatCompletionChunk, Output>;

/** A streamed answer to a conversation, or to code with a gap. */
export class ChatStream extends ChatCompletionStream<ChatCompletionChunk, ChatCompletion> {
  /** @param call what was called, for messages: `mistral chat.create_stream`. */
  constructor(reader: EventReader<ChatCompletionChunk>, call: string) {
    super(reader, { dialect: CHAT_DIALECT, call });
  }
}

/** A streamed answer that is read by the schemas of its request. */
export class ParsedChatStream<Output> extends ChatCompletionStream<
  ChatCompletionChunk,
  ParsedChatCompletion<Output>,
  Output
> {
  constructor(
    reader: EventReader<ChatCompletionChunk>,
    outputs: ChatOutputs<ParsedChatCompletion<Output>, Output>,
  ) {
    super(reader, { dialect: CHAT_DIALECT, outputs });
  }
}

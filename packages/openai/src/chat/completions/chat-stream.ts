import { ChatCompletionStream, type EventReader } from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import { DIALECT } from './chat-dialect.ts';

/** A streamed answer to a conversation. */
export class ChatStream extends ChatCompletionStream<ChatCompletionChunk, ChatCompletion> {
  constructor(reader: EventReader<ChatCompletionChunk>) {
    super(reader, { dialect: DIALECT });
  }
}

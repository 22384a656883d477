import { ChatCompletionStream, type EventReader } from '@integrations/provider';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import { DIALECT } from './chat-dialect.ts';
import type { Outputs } from './chat-outputs.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** A streamed answer that is read by the schemas of its request: `finalCompletion()` has what they made of it. */
export class ParsedChatStream<Output> extends ChatCompletionStream<
  ChatCompletionChunk,
  ParsedChatCompletion<Output>,
  Output
> {
  constructor(reader: EventReader<ChatCompletionChunk>, outputs: Outputs<Output>) {
    super(reader, { dialect: DIALECT, outputs });
  }
}

import type { EventReader } from '@integrations/provider';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { ChatOutputs } from './chat-outputs.ts';
import { ChatStream } from './chat-stream.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import type { ParsedChatCompletion, ParsedMessage } from './parsed-completion.ts';

/** A streamed answer that is read by the schemas of its request. */
export class ParsedChatStream<Output> extends ChatStream {
  readonly #outputs: ChatOutputs<Output>;

  constructor(reader: EventReader<ChatCompletionChunk>, outputs: ChatOutputs<Output>) {
    super(reader, outputs);
    this.#outputs = outputs;
  }

  override events(): AsyncGenerator<ChatStreamEvent<Output>, void, undefined> {
    return super.events() as AsyncGenerator<ChatStreamEvent<Output>, void, undefined>;
  }

  /**
   * The whole answer, read: each message has what the schema made of it as `parsed`.
   *
   * @throws what ended the stream; RefusalError, LengthFinishReasonError or
   *   ContentFilterError for an answer that cannot be read; InvalidOutputError for one
   *   that does not fit.
   */
  override async finalCompletion(): Promise<ParsedChatCompletion<Output>> {
    return this.#outputs.parse(await super.finalCompletion(), this.place);
  }

  /** The first answer, read. @throws as `finalCompletion()` does. */
  override async finalMessage(): Promise<ParsedMessage<Output>> {
    return (await super.finalMessage()) as ParsedMessage<Output>;
  }
}

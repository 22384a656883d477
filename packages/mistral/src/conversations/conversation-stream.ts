import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream } from '@integrations/provider';
import { ConversationAccumulator } from './conversation-accumulator.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { ConversationResponse } from './conversation-response.ts';
import type { OutputEntry } from './entry.ts';
import { outputText } from './output-text.ts';

/** The events of an answer in a conversation. What they tell is put together as they are read. */
export class ConversationStream extends EventStream<ConversationEvent> {
  readonly #answer: ConversationAccumulator;

  constructor(reader: EventReader<ConversationEvent>) {
    const answer = new ConversationAccumulator();
    super(reader, (event) => answer.add(event));
    this.#answer = answer;
  }

  /** The conversation's id, once an event has told it. */
  get conversationId(): string | undefined {
    return this.#answer.conversationId;
  }

  /** The entries that have been read so far, the last of them perhaps unfinished. */
  get outputs(): readonly OutputEntry[] {
    return this.#answer.outputs;
  }

  /** The text that has been read so far. */
  get outputText(): string {
    return outputText(this.#answer.outputs);
  }

  /**
   * The whole response. Reads the stream to its end where nobody does; may be called
   * before, while or after it is read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalResponse(): Promise<ConversationResponse> {
    await this.finished();
    const { response } = this.#answer;
    if (response !== undefined) return response;
    throw new ProtocolError(
      'mistral conversations: the stream ended properly, but no event told which conversation it is of, or what was used.',
      { status: this.status, requestId: this.requestId },
    );
  }
}

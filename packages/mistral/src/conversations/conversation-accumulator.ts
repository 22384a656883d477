import type { ConversationEvent } from './conversation-event.ts';
import type { ConversationResponse, ConversationUsage } from './conversation-response.ts';
import type { OutputEntry } from './entry.ts';
import { OutputDraft } from './output-draft.ts';

/** Puts the events of a stream together to the response that they tell of. */
export class ConversationAccumulator {
  readonly #output = new OutputDraft();
  #conversationId: string | undefined;
  #usage: ConversationUsage | undefined;

  add(event: ConversationEvent): void {
    if (event.type === 'conversation.response.started')
      this.#conversationId = event.conversation_id;
    else if (event.type === 'conversation.response.done') this.#usage = event.usage;
    else this.#output.add(event);
  }

  /** Known from the first event on. */
  get conversationId(): string | undefined {
    return this.#conversationId;
  }

  /** What has come of the outputs. */
  get outputs(): OutputEntry[] {
    return this.#output.entries;
  }

  /** The whole response; undefined while there is more to come, or where it was not told whose it is. */
  get response(): ConversationResponse | undefined {
    if (this.#conversationId === undefined || this.#usage === undefined) return undefined;
    return {
      object: 'conversation.response',
      conversation_id: this.#conversationId,
      outputs: this.outputs,
      usage: this.#usage,
    };
  }
}

import type { Identifiers } from '../../identifiers.ts';
import { notFound } from '../mistral-error.ts';
import type { Entry } from './entry.ts';
import { type ConversationParts, KeptConversation } from './kept-conversation.ts';

/** The conversations of one simulator. */
export class ConversationStore {
  readonly #conversations = new Map<string, KeptConversation>();
  readonly #identifiers: Identifiers;

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
  }

  /** In the order they were begun. */
  get all(): readonly KeptConversation[] {
    return [...this.#conversations.values()];
  }

  /** Begins a conversation, which is kept only when it is told so. */
  begin(parts: ConversationParts, entries: readonly Entry[] = []): KeptConversation {
    const id = `conv_${this.#identifiers.nextHex('conversation', 32)}`;
    return new KeptConversation(id, parts, entries);
  }

  keep(conversation: KeptConversation): void {
    this.#conversations.set(conversation.id, conversation);
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): KeptConversation {
    const conversation = this.#conversations.get(id ?? '');
    if (conversation !== undefined) return conversation;
    throw notFound(`Conversation ${id} not found.`);
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): void {
    this.#conversations.delete(this.require(id).id);
  }
}

import type { ResponseInputItem } from '../responses/items/item.ts';

/** Items that responses read and add to. */
export interface Conversation {
  id: string;
  object: 'conversation';
  /** Seconds since 1970. */
  created_at: number;
  metadata: unknown;
}

/** A conversation is gone; its items are not. */
export interface ConversationDeleted {
  id: string;
  object: 'conversation.deleted';
  deleted: boolean;
}

/** A conversation to begin. */
export interface ConversationCreateRequest {
  /** At most 20. */
  readonly items?: readonly ResponseInputItem[] | null | undefined;
  /** At most 16 pairs. */
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
}

/** What to change of a conversation. */
export interface ConversationUpdateRequest {
  /** In place of all pairs there are. At most 16. */
  readonly metadata: Readonly<Record<string, string>> | null;
}

import type { OrderedCursorQuery } from '../../cursor-list.ts';
import type { AssistantMessage } from './chat-completion.ts';
import type { ImagePart, TextPart } from './chat-completion-request.ts';

/** Which stored completions to list. */
export interface StoredCompletionQuery extends OrderedCursorQuery {
  /** Only those with these values. */
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  /** Only those of this model. */
  readonly model?: string | undefined;
}

/** What may be changed of a stored completion. */
export interface StoredCompletionUpdate {
  /** Replaces what there was. */
  readonly metadata: Readonly<Record<string, string>> | null;
}

/** A stored completion was deleted. */
export interface StoredCompletionDeleted {
  id: string;
  object: 'chat.completion.deleted';
  deleted: boolean;
}

/** A message that a stored completion answers. */
export interface StoredMessage extends AssistantMessage {
  id: string;
  /** The parts of a message that was given in parts. */
  content_parts?: (TextPart | ImagePart)[] | null;
}

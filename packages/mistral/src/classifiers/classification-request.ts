import type { ChatMessage } from '../chat/chat-message.ts';

/** Texts to put into classes. */
export interface ClassificationRequest {
  /** A classifier that came of fine-tuning. */
  readonly model: string;
  /** Each text of a list is classified by itself. */
  readonly input: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** One conversation to put into a class. */
export interface ClassifiedConversation {
  readonly messages: readonly ChatMessage[];
}

/** Conversations to put into classes. */
export interface ChatClassificationRequest {
  /** A classifier that came of fine-tuning. */
  readonly model: string;
  readonly input: ClassifiedConversation | readonly ClassifiedConversation[];
}

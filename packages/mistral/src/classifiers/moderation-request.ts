import type { ChatMessage } from '../chat/chat-message.ts';

/** Texts to judge. */
export interface ModerationRequest {
  /** Such as `mistral-moderation-latest`. */
  readonly model: string;
  /** Each text of a list is judged by itself. */
  readonly input: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Conversations to judge, each by its last turn. */
export interface ChatModerationRequest {
  /** Such as `mistral-moderation-latest`. */
  readonly model: string;
  /** One conversation, or several. */
  readonly input: readonly ChatMessage[] | readonly (readonly ChatMessage[])[];
}

import type {
  ConversationEntry,
  MessageInputEntry,
  MessageOutputEntry,
  OutputEntry,
} from './entry.ts';

/** Tokens that an answer used. */
export interface ConversationUsage {
  prompt_tokens: number;
  completion_tokens: number;
  /** Those of connectors included. */
  total_tokens: number;
  /** What the tools of the provider used. */
  connector_tokens?: number | null;
  /** How often each of them was used. */
  connectors?: Record<string, number> | null;
}

/** What an answer adds to a conversation. */
export interface ConversationResponse {
  object: 'conversation.response';
  conversation_id: string;
  outputs: OutputEntry[];
  usage: ConversationUsage;
  /** What the guardrails found. */
  guardrails?: Record<string, unknown>[] | null;
}

/** All that happened in a conversation. */
export interface ConversationHistory {
  object: 'conversation.history';
  conversation_id: string;
  /** In their order. */
  entries: ConversationEntry[];
}

/** All that was said in a conversation. */
export interface ConversationMessages {
  object: 'conversation.messages';
  conversation_id: string;
  /** In their order. */
  messages: (MessageInputEntry | MessageOutputEntry)[];
}

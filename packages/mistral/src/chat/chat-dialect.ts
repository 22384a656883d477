import type { ChatDialect } from '@integrations/provider';

/** What is special about Mistral's chat completions. */
export const CHAT_DIALECT: ChatDialect = {
  provider: 'mistral',
  tokenLimit: 'max_tokens',
  // As whole answers have it where the model gave none.
  emptyToolCall: { id: 'null' },
};

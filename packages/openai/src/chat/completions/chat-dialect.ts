import type { ChatDialect } from '@integrations/provider';

/** What is special about OpenAI's chat completions. */
export const DIALECT: ChatDialect = {
  provider: 'openai',
  tokenLimit: 'max_completion_tokens',
  emptyMessage: { refusal: null },
  emptyChoice: { logprobs: null },
};

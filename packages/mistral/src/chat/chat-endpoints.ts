import { chatCompletionEndpoints, type ChatEndpoints } from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { ChatCompletionCreateRequest } from './chat-completion-request.ts';
import { validateChatCompletion } from './chat-completion-schema.ts';

/** The answer as a whole, and as it is written. */
export const CHAT: ChatEndpoints<ChatCompletionCreateRequest, ChatCompletion, ChatCompletionChunk> =
  /* @__PURE__ */ chatCompletionEndpoints({
    path: '/v1/chat/completions',
    validate: validateChatCompletion,
  });

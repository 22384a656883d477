import type { ChatCompletionCreateRequest, ChatMessage } from './chat-completion-request.ts';

/** English text has about four characters to a token. */
export const CHARACTERS_PER_TOKEN = 4;

/** What the API adds to each message for its role and bounds. */
export const TOKENS_PER_MESSAGE = 4;

/** An image in high detail at a common size; its address or bytes say nothing of it. */
export const TOKENS_PER_IMAGE = 765;

interface Part {
  readonly type: string;
  readonly text?: unknown;
}

function partTokens({ type, text }: Part): number {
  if (typeof text === 'string') return text.length / CHARACTERS_PER_TOKEN;
  return type === 'image_url' ? TOKENS_PER_IMAGE : 0;
}

function messageTokens({ content }: ChatMessage): number {
  if (typeof content === 'string') return content.length / CHARACTERS_PER_TOKEN;
  const parts: readonly Part[] = content ?? [];
  return parts.reduce((sum, part) => sum + partTokens(part), 0);
}

/** The tokens of the messages. */
export function estimatePromptTokens({ messages }: ChatCompletionCreateRequest): number {
  return messages.reduce((sum, message) => sum + TOKENS_PER_MESSAGE + messageTokens(message), 0);
}

/**
 * The tokens that the API will count against the limit before it answers: those of
 * the messages, and all that the answers may have.
 */
export function estimateChatTokens(request: ChatCompletionCreateRequest): number {
  const prompt = estimatePromptTokens(request);
  const answer = request.max_completion_tokens ?? request.max_tokens ?? 0;
  return Math.ceil(prompt + answer * (request.n ?? 1));
}

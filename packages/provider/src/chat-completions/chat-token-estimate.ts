import type { WireContent, WireContentPart } from './wire-chat.ts';

/** English text has about four characters to a token. */
export const CHARACTERS_PER_TOKEN = 4;

/** What APIs add to each message for its role and bounds. */
export const TOKENS_PER_MESSAGE = 4;

/** An image in high detail at a common size; its address or bytes say nothing of it. */
export const TOKENS_PER_IMAGE = 765;

/** A request whose tokens are estimated. */
export interface EstimatedRequest {
  readonly messages: readonly { readonly content?: WireContent }[];
  readonly max_completion_tokens?: number | null | undefined;
  readonly max_tokens?: number | null | undefined;
  readonly n?: number | null | undefined;
}

function partTokens(part: WireContentPart & { readonly text?: unknown }): number {
  if (typeof part.text === 'string') return part.text.length / CHARACTERS_PER_TOKEN;
  return part.type === 'image_url' ? TOKENS_PER_IMAGE : 0;
}

/** The tokens of what one message says. */
function contentTokens(content: WireContent): number {
  if (typeof content === 'string') return content.length / CHARACTERS_PER_TOKEN;
  return (content ?? []).reduce((sum, part) => sum + partTokens(part), 0);
}

/** The tokens of the messages. */
export function estimatePromptTokens({ messages }: Pick<EstimatedRequest, 'messages'>): number {
  return messages.reduce(
    (sum, { content }) => sum + TOKENS_PER_MESSAGE + contentTokens(content),
    0,
  );
}

/**
 * The tokens that an API will count against the limit before it answers: those of the
 * messages, and all that the answers may have.
 */
export function estimateChatTokens(request: EstimatedRequest): number {
  const prompt = estimatePromptTokens(request);
  const answer = request.max_completion_tokens ?? request.max_tokens ?? 0;
  return Math.ceil(prompt + answer * (request.n ?? 1));
}

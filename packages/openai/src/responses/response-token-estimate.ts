import { CHARACTERS_PER_TOKEN, TOKENS_PER_IMAGE, TOKENS_PER_MESSAGE } from '@integrations/provider';
import type { ResponseRequest } from './response-request.ts';

/** The members of items that hold what the model reads; each item has one of them. */
interface ReadableItem {
  readonly content?: unknown;
  readonly output?: unknown;
  readonly arguments?: unknown;
  readonly input?: unknown;
}

interface Part {
  readonly type?: unknown;
  readonly text?: unknown;
}

function partTokens({ type, text }: Part): number {
  if (typeof text === 'string') return text.length / CHARACTERS_PER_TOKEN;
  return type === 'input_image' ? TOKENS_PER_IMAGE : 0;
}

function contentTokens(content: unknown): number {
  if (typeof content === 'string') return content.length / CHARACTERS_PER_TOKEN;
  if (!Array.isArray(content)) return 0;
  return content.reduce<number>((sum, part: Part) => sum + partTokens(part), 0);
}

function itemTokens(item: ReadableItem): number {
  const { content, output, arguments: written, input } = item;
  return TOKENS_PER_MESSAGE + contentTokens(content ?? output ?? written ?? input);
}

/** The tokens of the input, as far as it travels with the request. */
export function estimateResponseInputTokens({
  input,
  instructions,
}: Pick<ResponseRequest, 'instructions'> & { readonly input?: unknown }): number {
  const items = typeof input === 'string' ? [{ content: input }] : (input ?? []);
  return (items as readonly ReadableItem[]).reduce(
    (sum, item) => sum + itemTokens(item),
    contentTokens(instructions),
  );
}

/**
 * The tokens that the API will count against the limit before it answers: those of
 * the input, and all that the answer may have.
 */
export function estimateResponseTokens(request: ResponseRequest): number {
  return Math.ceil(estimateResponseInputTokens(request) + (request.max_output_tokens ?? 0));
}

import type { JsonObject } from '../../json-value.ts';
import { countTokens } from '../../tokens.ts';
import { countItemTokens } from './item-text.ts';
import type { ResponseContext } from './response-context.ts';

const TOKENS_OF_REPLY_PRIMER = 3;
/** The cache holds prompts of at least so many tokens, in steps. */
const CACHE = { least: 1024, step: 128 };

/** A deterministic estimate of how many tokens go into a model. */
export function countInputTokens(body: JsonObject, context: ResponseContext): number {
  const { instructions, tools } = body;
  return (
    TOKENS_OF_REPLY_PRIMER +
    countItemTokens(context.history) +
    countItemTokens(context.input) +
    (typeof instructions === 'string' ? countTokens(instructions) : 0) +
    (Array.isArray(tools) && tools.length > 0 ? countTokens(JSON.stringify(tools)) : 0)
  );
}

/** What came before was in a prompt already. */
function cachedTokens({ history }: ResponseContext): number {
  const tokens = countItemTokens(history);
  return tokens < CACHE.least ? 0 : tokens - (tokens % CACHE.step);
}

/** Token counts as the API reports them. */
export function usageOf(
  body: JsonObject,
  context: ResponseContext,
  answer: { readonly outputTokens: number; readonly reasoningTokens: number },
): { readonly total_tokens: number } & JsonObject {
  const inputTokens = countInputTokens(body, context);
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedTokens(context), cache_write_tokens: 0 },
    output_tokens: answer.outputTokens,
    output_tokens_details: { reasoning_tokens: answer.reasoningTokens },
    total_tokens: inputTokens + answer.outputTokens,
  };
}

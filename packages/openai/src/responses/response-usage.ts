import type { TokenUsage } from '@integrations/provider';

/** Tokens that a response used. */
export interface ResponseUsage {
  input_tokens: number;
  input_tokens_details: {
    /** Read from the cache. */
    cached_tokens: number;
    /** Written to the cache. */
    cache_write_tokens: number;
    cache_write_tokens_details?: { ttl_12h_tokens: number; ttl_30m_tokens: number };
  };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
}

/** What several responses used together; those that report nothing count as nothing. */
export function sumResponseUsage(
  usages: readonly (ResponseUsage | null | undefined)[],
): ResponseUsage {
  const reported = usages.filter((usage) => usage !== undefined && usage !== null);
  const sum = (count: (usage: ResponseUsage) => number | undefined): number =>
    reported.reduce((total, usage) => total + (count(usage) ?? 0), 0);
  // Servers that only resemble the API leave the details out.
  return {
    input_tokens: sum((usage) => usage.input_tokens),
    output_tokens: sum((usage) => usage.output_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
    input_tokens_details: {
      cached_tokens: sum((usage) => usage.input_tokens_details?.cached_tokens),
      cache_write_tokens: sum((usage) => usage.input_tokens_details?.cache_write_tokens),
    },
    output_tokens_details: {
      reasoning_tokens: sum((usage) => usage.output_tokens_details?.reasoning_tokens),
    },
  };
}

/** The usage that a response reports; undefined where it reports none. */
export function responseTokenUsage(response: {
  readonly usage?: ResponseUsage | null;
}): TokenUsage | undefined {
  const { usage } = response;
  if (usage === undefined || usage === null) return undefined;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    // Servers that only resemble the API leave the details out.
    cacheReadInputTokens: usage.input_tokens_details?.cached_tokens,
    cacheWriteInputTokens: usage.input_tokens_details?.cache_write_tokens,
    reasoningOutputTokens: usage.output_tokens_details?.reasoning_tokens,
  };
}

import type { TokenUsage } from '@integrations/provider';

/** Tokens that a completion used. */
export interface CompletionUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: {
    cached_tokens?: number;
    cache_write_tokens?: number;
    audio_tokens?: number;
    image_tokens?: number;
    text_tokens?: number;
  };
  completion_tokens_details?: {
    reasoning_tokens?: number;
    audio_tokens?: number;
    text_tokens?: number;
    accepted_prediction_tokens?: number;
    rejected_prediction_tokens?: number;
  };
}

/** The usage that an answer, or a chunk of one, reports; undefined where it reports none. */
export function reportedUsage(answer: {
  readonly usage?: CompletionUsage | null;
}): TokenUsage | undefined {
  const { usage } = answer;
  if (usage === undefined || usage === null) return undefined;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cacheReadInputTokens: usage.prompt_tokens_details?.cached_tokens,
    cacheWriteInputTokens: usage.prompt_tokens_details?.cache_write_tokens,
    reasoningOutputTokens: usage.completion_tokens_details?.reasoning_tokens,
  };
}

type TokenDetails = Readonly<Record<string, number | undefined>>;

function sumDetails(
  details: readonly (TokenDetails | undefined)[],
): Record<string, number> | undefined {
  const counts = details.flatMap((each) => Object.entries(each ?? {}));
  if (counts.length === 0) return undefined;
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + (count ?? 0);
  return sums;
}

/** What several completions used together; those that report nothing count as nothing. */
export function sumUsage(usages: readonly (CompletionUsage | null | undefined)[]): CompletionUsage {
  const reported = usages.filter((usage) => usage !== undefined && usage !== null);
  const sum = (count: (usage: CompletionUsage) => number): number =>
    reported.reduce((total, usage) => total + count(usage), 0);
  const prompt = sumDetails(reported.map((usage) => usage.prompt_tokens_details));
  const completion = sumDetails(reported.map((usage) => usage.completion_tokens_details));
  return {
    prompt_tokens: sum((usage) => usage.prompt_tokens),
    completion_tokens: sum((usage) => usage.completion_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
    ...(prompt === undefined ? {} : { prompt_tokens_details: prompt }),
    ...(completion === undefined ? {} : { completion_tokens_details: completion }),
  };
}

import type { TokenUsage } from '../token-usage.ts';
import type { WireUsage } from './wire-chat.ts';

/** What servers tell of usage besides; where several tell the same, all are read. */
interface DetailedUsage extends WireUsage {
  readonly num_cached_tokens?: number | null;
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number;
    readonly cache_write_tokens?: number;
  } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null;
}

/** The usage that an answer, or a chunk of one, reports; undefined where it reports none. */
export function reportedUsage(answer: {
  readonly usage?: WireUsage | null | undefined;
}): TokenUsage | undefined {
  const { usage } = answer;
  if (usage === undefined || usage === null) return undefined;
  const { prompt_tokens_details: prompt, ...rest } = usage as DetailedUsage;
  return {
    inputTokens: rest.prompt_tokens,
    outputTokens: rest.completion_tokens ?? 0,
    cacheReadInputTokens: prompt?.cached_tokens ?? rest.num_cached_tokens ?? undefined,
    cacheWriteInputTokens: prompt?.cache_write_tokens,
    reasoningOutputTokens: rest.completion_tokens_details?.reasoning_tokens,
  };
}

type Counts = Record<string, unknown>;

/** Numbers add up, with those inside of objects; everything else is not of several together. */
function addCounts(sums: Counts, usage: object): Counts {
  for (const [name, count] of Object.entries(usage) as [string, unknown][]) {
    const known = sums[name];
    if (typeof count === 'number') sums[name] = (typeof known === 'number' ? known : 0) + count;
    if (typeof count === 'object' && count !== null) {
      sums[name] = addCounts(typeof known === 'object' ? (known as Counts) : {}, count);
    }
  }
  return sums;
}

/** What several completions used together; those that report nothing count as nothing. */
export function sumUsage<Usage extends WireUsage>(
  usages: readonly (Usage | null | undefined)[],
): Usage {
  const none: Counts = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  return usages.reduce<Counts>(
    (sums, usage) => addCounts(sums, usage ?? {}),
    none,
  ) as unknown as Usage;
}

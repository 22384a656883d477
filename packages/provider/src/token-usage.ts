/** The tokens that a call used. */
export interface TokenUsage {
  /** The whole prompt, cached tokens included. */
  readonly inputTokens: number;
  /** The whole answer, reasoning included. */
  readonly outputTokens: number;
  /** How much of the prompt was read from the provider's cache. */
  readonly cacheReadInputTokens?: number | undefined;
  /** How much of the prompt was written to the provider's cache. */
  readonly cacheWriteInputTokens?: number | undefined;
  /** How much of the answer was reasoning. */
  readonly reasoningOutputTokens?: number | undefined;
}

/**
 * What is known of the tokens of a call: the provider reported them, they are
 * estimated because the answer was cut before its report, or nobody can tell.
 */
export type UsageState = 'reported' | 'estimated' | 'unknown';

/** A provider may report nonsense, which no counter takes and no limit should learn. */
function isTokenCount(tokens: unknown): tokens is number {
  return Number.isFinite(tokens) && (tokens as number) >= 0;
}

/** The usage, where both of its sums are numbers that can be. */
export function plausibleUsage(usage: TokenUsage | undefined): TokenUsage | undefined {
  if (usage === undefined) return undefined;
  return isTokenCount(usage.inputTokens) && isTokenCount(usage.outputTokens) ? usage : undefined;
}

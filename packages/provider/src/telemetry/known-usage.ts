import { plausibleUsage, type TokenUsage, type UsageState } from '../token-usage.ts';

/** The tokens of a call to a model, and how they are known. */
export interface KnownUsage {
  readonly state: UsageState;
  readonly tokens: TokenUsage | undefined;
}

/** What is known: what was reported if it can be true, else the estimate. */
export function knownUsage(
  reported: TokenUsage | undefined,
  estimate: TokenUsage | undefined,
): KnownUsage {
  const tokens = plausibleUsage(reported);
  if (tokens !== undefined) return { state: 'reported', tokens };
  const guessed = plausibleUsage(estimate);
  return guessed === undefined
    ? { state: 'unknown', tokens: undefined }
    : { state: 'estimated', tokens: guessed };
}

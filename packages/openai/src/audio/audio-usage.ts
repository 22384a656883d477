import type { TokenUsage } from '@integrations/provider';

/** Tokens that were used. */
export interface AudioTokenUsage {
  type: 'tokens';
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  input_token_details?: { audio_tokens?: number; text_tokens?: number };
}

/** What is charged by time. */
export interface AudioDurationUsage {
  type: 'duration';
  /** How long the audio is. */
  seconds: number;
}

/** What a call is charged for. */
export type AudioUsage = AudioTokenUsage | AudioDurationUsage;

/** The tokens of a report; undefined where it is of time, or not there at all. */
export function audioTokenUsage(
  usage: Partial<AudioTokenUsage> | AudioDurationUsage | undefined,
): TokenUsage | undefined {
  if (usage === undefined || usage.type === 'duration') return undefined;
  const { input_tokens: inputTokens, output_tokens: outputTokens } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens };
}

import type { AnswerFacts } from '@integrations/provider';
import type { AudioUsage } from './audio-usage.ts';

/** Gathers what a report of usage tells; servers may leave it out. */
export function collectAudioUsage(usage: AudioUsage | null | undefined, facts: AnswerFacts): void {
  if (usage === undefined || usage === null) return;
  facts.usage = {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
  };
}

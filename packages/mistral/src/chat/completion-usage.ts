/** Tokens that a completion used. */
export interface CompletionUsage {
  /** The whole prompt, cached tokens included. */
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  /** How much of the prompt came from the cache. */
  num_cached_tokens?: number | null;
  prompt_tokens_details?: { cached_tokens?: number } | null;
  /** Length of the sound in the prompt. */
  prompt_audio_seconds?: number | null;
  /** How the request was served: `'standard'` or `'priority'`. */
  service_tier?: string | null;
}

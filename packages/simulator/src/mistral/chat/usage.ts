/** Token counts as the API reports them. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly num_cached_tokens: number;
}

/** The usage of so many tokens. */
export function usageOf(prompt: number, completion: number, cached = 0): Usage {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached },
    num_cached_tokens: cached,
  };
}

/** How a text or image was judged. */
export type ResponseModerationResult =
  | {
      type: 'moderation_result';
      categories: Record<string, boolean>;
      category_applied_input_types: Record<string, ('text' | 'image')[]>;
      category_scores: Record<string, number>;
      flagged: boolean;
      model: string;
    }
  | { type: 'error'; code: string; message: string };

/** How input and output were judged, where the request asked for it. */
export interface ResponseModeration {
  input: ResponseModerationResult;
  output: ResponseModerationResult;
}

/** What became of the prompt's cache. */
export type ResponseCacheDiagnostics =
  | { type: 'cache_hit' }
  | {
      type: 'cache_miss';
      cache_missed_tokens: number;
      reason:
        | 'model_changed'
        | 'prompt_cache_key_changed'
        | 'tools_changed'
        | 'text_format_changed'
        | 'reasoning_effort_changed'
        | 'verbosity_changed'
        | 'context_compacted'
        | 'input_changed'
        | 'service_tier_changed';
      comparison_reusable_tokens?: number;
    }
  | { type: 'comparison_response_not_found' }
  | { type: 'unavailable' };

/** What the tools of the API used. */
export interface ResponseToolUsage {
  image_gen: {
    input_tokens: number;
    input_tokens_details: { image_tokens: number; text_tokens: number };
    output_tokens: number;
    total_tokens: number;
    cached_tokens?: number;
    cached_tokens_details?: { cached_image_tokens: number; cached_text_tokens: number };
    output_tokens_details?: { image_tokens: number; text_tokens: number };
  };
  web_search: { num_requests: number };
}

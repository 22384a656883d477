import type { ResponseOutputItem, WireInputItem } from './items/item.ts';
import type {
  CyberAccess,
  ResponsePrompt,
  ResponseReasoning,
  ResponseServiceTier,
  ResponseTextConfig,
} from './response-config.ts';
import type {
  ResponseCacheDiagnostics,
  ResponseModeration,
  ResponseToolUsage,
} from './response-extras.ts';
import type { ResponseError, ResponseIncompleteDetails } from './response-failure.ts';
import type { ResponseUsage } from './response-usage.ts';
import type { ResponseTool } from './tools/tool.ts';
import type { ResponseToolChoice } from './tools/tool-choice.ts';

/** Where a response stands. */
export type ResponseStatus =
  | 'completed'
  | 'failed'
  | 'in_progress'
  | 'cancelled'
  | 'queued'
  | 'incomplete';

/** What a model made of an input. */
export interface Response {
  id: string;
  object: 'response';
  /** Seconds since 1970. */
  created_at: number;
  /** The texts of `output` in one. The API doesn't send it: the client puts it together. */
  output_text: string;
  output: ResponseOutputItem[];
  status?: ResponseStatus;
  error: ResponseError | null;
  incomplete_details: ResponseIncompleteDetails | null;
  instructions: string | WireInputItem[] | null;
  metadata: Record<string, string> | null;
  model: string;
  parallel_tool_calls: boolean;
  temperature: number | null;
  tool_choice: ResponseToolChoice;
  tools: ResponseTool[];
  top_p: number | null;
  access_programs: { cyber: CyberAccess } | null;
  background?: boolean | null;
  /** Seconds since 1970. */
  completed_at?: number | null;
  conversation?: { id: string } | null;
  image?: { context_compression: 'enabled' | 'disabled' };
  max_output_tokens?: number | null;
  max_tool_calls?: number | null;
  moderation?: ResponseModeration | null;
  previous_response_id?: string | null;
  prompt?: ResponsePrompt | null;
  prompt_cache_diagnostics?: ResponseCacheDiagnostics;
  prompt_cache_key?: string | null;
  prompt_cache_options?: {
    mode: 'implicit' | 'explicit';
    ttl: '30m' | '12h';
    comparison_response_id?: string | null;
  };
  /** @deprecated The API's older form of `prompt_cache_options`. */
  prompt_cache_retention?: 'in_memory' | '24h' | null;
  reasoning?: ResponseReasoning | null;
  safety_identifier?: string | null;
  service_tier?: ResponseServiceTier | null;
  text?: ResponseTextConfig;
  tool_usage?: ResponseToolUsage;
  top_logprobs?: number | null;
  /** @deprecated */
  truncation?: 'auto' | 'disabled' | null;
  usage?: ResponseUsage;
  /** @deprecated The API's older form of `safety_identifier` and `prompt_cache_key`. */
  user?: string;
}

/** A conversation made small: the items to go on with. */
export interface CompactedResponse {
  id: string;
  object: 'response.compaction';
  /** Seconds since 1970. */
  created_at: number;
  output: ResponseOutputItem[];
  usage: ResponseUsage;
  image?: { context_compression: 'enabled' | 'disabled' };
}

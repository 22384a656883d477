import type { AsRequest } from '@integrations/provider';
import type { ResponseInputItem } from './items/item.ts';
import type {
  CyberAccess,
  ResponseIncludable,
  ResponsePrompt,
  ResponseReasoning,
  ResponseServiceTier,
  ResponseTextConfig,
  ResponseTextFormat,
} from './response-config.ts';
import type { ResponseTool } from './tools/tool.ts';
import type { ResponseToolChoice } from './tools/tool-choice.ts';

/** A member of `policy`: what a judgement leads to. */
interface WireModerationPolicy {
  mode: 'score' | 'block';
}

interface WireResponseRequest {
  access_programs?: { cyber?: CyberAccess };
  /** Answers at once and works on: poll the response, or stream it. */
  background?: boolean | null;
  context_management?: { type: string; compact_threshold?: number | null }[] | null;
  /** Its id. Input and output become part of it. Not with `previous_response_id`. */
  conversation?: string | { id: string } | null;
  image?: { context_compression?: 'auto' | 'enabled' | 'disabled' };
  include?: ResponseIncludable[] | null;
  instructions?: string | null;
  /** Tokens, reasoning included. */
  max_output_tokens?: number | null;
  /** How often tools of the API's own may be called. */
  max_tool_calls?: number | null;
  /** At most 16 pairs. */
  metadata?: Record<string, string> | null;
  model?: string;
  moderation?: {
    model: string;
    policy?: {
      input?: WireModerationPolicy | null;
      output?: WireModerationPolicy | null;
    } | null;
  } | null;
  parallel_tool_calls?: boolean | null;
  /** Goes on from that response. Not with `conversation`. */
  previous_response_id?: string | null;
  prompt?: ResponsePrompt | null;
  prompt_cache_key?: string | null;
  prompt_cache_options?: {
    comparison_response_id?: string | null;
    mode?: 'implicit' | 'explicit';
    prewarm?: boolean;
    ttl?: '30m' | '12h';
  };
  /** @deprecated The API's older form of `prompt_cache_options`. */
  prompt_cache_retention?: 'in_memory' | '24h' | null;
  reasoning?: ResponseReasoning | null;
  safety_identifier?: string | null;
  service_tier?: ResponseServiceTier | null;
  /** Whether the API keeps the response. @default true, by the API */
  store?: boolean | null;
  /** Only with a stream. */
  stream_options?: { include_obfuscation?: boolean } | null;
  /** From 0 to 2. */
  temperature?: number | null;
  text?: ResponseTextConfig;
  tool_choice?: ResponseToolChoice;
  tools?: ResponseTool[];
  /** From 0 to 20. */
  top_logprobs?: number | null;
  /** From 0 to 1. */
  top_p?: number | null;
  /** @deprecated */
  truncation?: 'auto' | 'disabled' | null;
  /** @deprecated The API's older form of `safety_identifier` and `prompt_cache_key`. */
  user?: string;
}

/** What to make a response from. Fields that are not listed here are sent as they are. */
export interface ResponseRequest extends AsRequest<WireResponseRequest> {
  /** A text is a message of the user's. */
  readonly input?: string | readonly ResponseInputItem[] | undefined;
}

/** A request whose answer may be whole or a stream. */
export interface ResponseCreateRequest extends ResponseRequest {
  readonly stream?: boolean | null | undefined;
}

/** A request whose answer is a stream. */
export interface ResponseStreamRequest extends ResponseRequest {
  readonly stream: true;
}

/** The form of a text, which may know how to read it. */
export type TextFormat = AsRequest<ResponseTextFormat>;

/** A request whose answer is read by the schema of its format, if it has one. */
export type ResponseParseRequest<Format extends TextFormat | undefined> = ResponseRequest & {
  readonly text?: { readonly format?: Format } | undefined;
};

/** What to ask for of a response that the API keeps. */
export interface ResponseRetrieveQuery {
  readonly include?: readonly ResponseIncludable[] | undefined;
  /** Only with a stream. @default true, by the API */
  readonly include_obfuscation?: boolean | undefined;
  /** The `sequence_number` of the last event that has come; only with a stream. */
  readonly starting_after?: number | undefined;
  readonly stream?: boolean | undefined;
}

/** Asks for the events of a response. */
export interface ResponseRetrieveStreamQuery extends ResponseRetrieveQuery {
  readonly stream: true;
}

/** A conversation to make small. */
export interface ResponseCompactRequest extends AsRequest<{
  model: string | null;
  image?: { context_compression?: 'auto' | 'enabled' | 'disabled' };
  instructions?: string | null;
  previous_response_id?: string | null;
  prompt_cache_key?: string | null;
  prompt_cache_options?: { mode?: 'implicit' | 'explicit'; ttl?: '30m' } | null;
  /** @deprecated The API's older form of `prompt_cache_options`. */
  prompt_cache_retention?: 'in_memory' | '24h' | null;
  service_tier?: 'auto' | 'default' | 'fast' | 'flex' | 'priority' | null;
}> {
  readonly input?: string | readonly ResponseInputItem[] | null | undefined;
}

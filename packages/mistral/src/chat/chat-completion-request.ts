import type { ChatMessage } from './chat-message.ts';
import type { ChatTool, ToolChoice } from './chat-tool.ts';
import type { Guardrail } from './guardrail.ts';

/** The form that the answer must have. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly description?: string | null | undefined;
        readonly schema: Readonly<Record<string, unknown>>;
        /** Whether the answer keeps to the schema exactly. @default false */
        readonly strict?: boolean | undefined;
      };
    };

/** How tokens are chosen, and where it ends: what every completion may say. */
export interface SamplingRequest {
  /** From 0 to 1.5. @default the model's own */
  readonly temperature?: number | null | undefined;
  /** Above 0, to 1. @default 1 */
  readonly top_p?: number | null | undefined;
  /** Tokens of an answer at most. */
  readonly max_tokens?: number | null | undefined;
  /** Texts that end the answer. */
  readonly stop?: string | readonly string[] | null | undefined;
  /** The same seed gives the same answer, as far as the server can. */
  readonly random_seed?: number | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** Requests with the same key are likelier to find their prompts in the cache. */
  readonly prompt_cache_key?: string | null | undefined;
}

/** What a conversation asks, whoever answers it. */
export interface ChatRequest extends SamplingRequest {
  readonly messages: readonly ChatMessage[];
  /** From -2 to 2. */
  readonly frequency_penalty?: number | null | undefined;
  /** How many answers. @default 1 */
  readonly n?: number | null | undefined;
  /** Whether one answer may call several tools. @default true */
  readonly parallel_tool_calls?: boolean | undefined;
  /** What much of the answer will probably be, to have it sooner. */
  readonly prediction?: { readonly type: 'content'; readonly content: string } | undefined;
  /** From -2 to 2. */
  readonly presence_penalty?: number | null | undefined;
  /** `reasoning` gives reasoning models the instructions that they were trained with. */
  readonly prompt_mode?: 'reasoning' | null | undefined;
  readonly reasoning_effort?:
    | 'none'
    | 'minimal'
    | 'low'
    | 'medium'
    | 'high'
    | 'xhigh'
    | null
    | undefined;
  readonly response_format?: ResponseFormat | undefined;
  readonly tool_choice?: ToolChoice | undefined;
  /** 128 at most. */
  readonly tools?: readonly ChatTool[] | null | undefined;
}

/** What a conversation asks of a model. Fields that are not listed here are sent as they are. */
export interface ChatCompletionRequest extends ChatRequest {
  readonly model: string;
  readonly guardrails?: readonly Guardrail[] | null | undefined;
  /** Whether instructions to be harmless precede the conversation. @default false */
  readonly safe_prompt?: boolean | undefined;
  readonly service_tier?: 'auto' | 'standard_only' | null | undefined;
}

/** The request as it is sent. */
export interface ChatCompletionCreateRequest extends ChatCompletionRequest {
  readonly stream?: boolean | undefined;
}

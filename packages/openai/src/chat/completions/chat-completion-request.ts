import type { AsRequest } from '@integrations/provider';
import type { PromptCacheBreakpoint } from '../../responses/content/input-content.ts';
import type { ReasoningEffort } from '../../responses/response-config.ts';
import type { ResponseRequest } from '../../responses/response-request.ts';
import type { ServiceTier, ToolCall } from './chat-completion.ts';

/** Text in a message. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly prompt_cache_breakpoint?: AsRequest<PromptCacheBreakpoint> | undefined;
}

/** An image in a message, by address or as a data URL. */
export interface ImagePart {
  readonly type: 'image_url';
  readonly image_url: {
    readonly url: string;
    readonly detail?: 'auto' | 'low' | 'high' | 'original' | undefined;
  };
  readonly prompt_cache_breakpoint?: AsRequest<PromptCacheBreakpoint> | undefined;
}

/** Speech in a message. */
export interface AudioPart {
  readonly type: 'input_audio';
  /** `data` is base64. */
  readonly input_audio: { readonly data: string; readonly format: 'wav' | 'mp3' };
  readonly prompt_cache_breakpoint?: AsRequest<PromptCacheBreakpoint> | undefined;
}

/** A file in a message, by id or by content. */
export interface FilePart {
  readonly type: 'file';
  readonly file: {
    readonly file_id?: string | undefined;
    readonly filename?: string | undefined;
    readonly file_data?: string | undefined;
  };
  readonly prompt_cache_breakpoint?: AsRequest<PromptCacheBreakpoint> | undefined;
}

/** A refusal in an earlier answer. */
export interface RefusalPart {
  readonly type: 'refusal';
  readonly refusal: string;
}

/** What a user's message can hold. */
export type UserContentPart = TextPart | ImagePart | AudioPart | FilePart;

/** Instructions that outrank the user's. `developer` is what newer models call `system`. */
export interface InstructionMessage {
  readonly role: 'developer' | 'system';
  readonly content: string | readonly TextPart[];
  readonly name?: string | undefined;
}

/** What the user says. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly UserContentPart[];
  readonly name?: string | undefined;
}

/** An earlier answer. The `message` of a completion can be passed as it is. */
export interface AssistantMessageInput {
  readonly role: 'assistant';
  readonly content?: string | readonly (TextPart | RefusalPart)[] | null | undefined;
  readonly refusal?: string | null | undefined;
  readonly name?: string | undefined;
  readonly audio?: { readonly id: string } | null | undefined;
  readonly tool_calls?: readonly ToolCall[] | undefined;
  /** @deprecated The API's older form of `tool_calls`. */
  readonly function_call?: { readonly name: string; readonly arguments: string } | null | undefined;
}

/** What a tool gave back. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly content: string | readonly TextPart[];
  readonly tool_call_id: string;
}

/** @deprecated The API's older form of a tool's message. */
export interface FunctionMessage {
  readonly role: 'function';
  readonly content: string | null;
  readonly name: string;
}

/** One turn of a conversation. */
export type ChatMessage =
  | InstructionMessage
  | UserMessage
  | AssistantMessageInput
  | ToolMessage
  | FunctionMessage;

/** A function that the model may call. */
export interface FunctionTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string | undefined;
    /** A JSON schema. */
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
    readonly strict?: boolean | null | undefined;
  };
}

/** A tool that takes free text. */
export interface CustomTool {
  readonly type: 'custom';
  readonly custom: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly format?:
      | { readonly type: 'text' }
      | {
          readonly type: 'grammar';
          readonly grammar: { readonly definition: string; readonly syntax: 'lark' | 'regex' };
        }
      | undefined;
  };
}

/** Which tool, if any, the model must call. */
export type ToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { readonly type: 'function'; readonly function: { readonly name: string } }
  | { readonly type: 'custom'; readonly custom: { readonly name: string } }
  | {
      readonly type: 'allowed_tools';
      readonly allowed_tools: {
        readonly mode: 'auto' | 'required';
        readonly tools: readonly Readonly<Record<string, unknown>>[];
      };
    };

/** The form that the answer must have. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly description?: string | undefined;
        readonly schema?: Readonly<Record<string, unknown>> | undefined;
        readonly strict?: boolean | null | undefined;
      };
    };

/** Where the user is, roughly, for searches. */
export interface ApproximateLocation {
  readonly type: 'approximate';
  readonly approximate: {
    readonly city?: string | undefined;
    /** Two letters, by ISO 3166-1. */
    readonly country?: string | undefined;
    readonly region?: string | undefined;
    /** As IANA names it. */
    readonly timezone?: string | undefined;
  };
}

/** What a conversation asks of a model. Fields that are not listed here are sent as they are. */
export interface ChatCompletionRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly audio?:
    | {
        readonly format: 'wav' | 'aac' | 'mp3' | 'flac' | 'opus' | 'pcm16';
        readonly voice: string | { readonly id: string };
      }
    | null
    | undefined;
  /** From -2 to 2. */
  readonly frequency_penalty?: number | null | undefined;
  /** @deprecated The API's older form of `tool_choice`. */
  readonly function_call?: 'none' | 'auto' | { readonly name: string } | undefined;
  /** @deprecated The API's older form of `tools`. */
  readonly functions?: readonly Omit<FunctionTool['function'], 'strict'>[] | undefined;
  /** From -100 to 100 by token id. */
  readonly logit_bias?: Readonly<Record<string, number>> | null | undefined;
  readonly logprobs?: boolean | null | undefined;
  /** Tokens, reasoning included. */
  readonly max_completion_tokens?: number | null | undefined;
  /** @deprecated Reasoning models refuse it: use `max_completion_tokens`. */
  readonly max_tokens?: number | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly modalities?: readonly ('text' | 'audio')[] | null | undefined;
  readonly moderation?: ResponseRequest['moderation'];
  /** How many answers. */
  readonly n?: number | null | undefined;
  readonly parallel_tool_calls?: boolean | undefined;
  readonly prediction?:
    | { readonly type: 'content'; readonly content: string | readonly TextPart[] }
    | null
    | undefined;
  /** From -2 to 2. */
  readonly presence_penalty?: number | null | undefined;
  readonly prompt_cache_key?: string | null | undefined;
  readonly prompt_cache_options?:
    | {
        readonly mode?: 'implicit' | 'explicit' | undefined;
        readonly ttl?: '30m' | undefined;
      }
    | undefined;
  /** @deprecated The API's older form of `prompt_cache_options`. */
  readonly prompt_cache_retention?: 'in_memory' | '24h' | null | undefined;
  readonly reasoning_effort?: ReasoningEffort | null | undefined;
  readonly response_format?: ResponseFormat | undefined;
  readonly safety_identifier?: string | null | undefined;
  readonly seed?: number | null | undefined;
  readonly service_tier?: ServiceTier | null | undefined;
  readonly stop?: string | readonly string[] | null | undefined;
  readonly store?: boolean | null | undefined;
  /** Only with a stream. */
  readonly stream_options?:
    | {
        readonly include_usage?: boolean | undefined;
        readonly include_obfuscation?: boolean | undefined;
      }
    | null
    | undefined;
  /** From 0 to 2. */
  readonly temperature?: number | null | undefined;
  readonly tool_choice?: ToolChoice | undefined;
  readonly tools?: readonly (FunctionTool | CustomTool)[] | undefined;
  /** From 0 to 20. */
  readonly top_logprobs?: number | null | undefined;
  /** From 0 to 1. */
  readonly top_p?: number | null | undefined;
  readonly user?: string | undefined;
  readonly verbosity?: 'low' | 'medium' | 'high' | null | undefined;
  readonly web_search_options?:
    | {
        readonly search_context_size?: 'low' | 'medium' | 'high' | undefined;
        readonly user_location?: ApproximateLocation | null | undefined;
      }
    | undefined;
}

/** A request whose answer may be whole or a stream. */
export interface ChatCompletionCreateRequest extends ChatCompletionRequest {
  readonly stream?: boolean | null | undefined;
}

/** A request whose answer is a stream. */
export interface ChatCompletionStreamRequest extends ChatCompletionRequest {
  readonly stream: true;
}

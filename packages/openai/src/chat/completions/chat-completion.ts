import type { ChoiceLogprobs } from '@integrations/provider';
import type { ChatModeration } from './chat-moderation.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** Why the model stopped. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

/** How a request was served. */
export type ServiceTier = 'auto' | 'default' | 'flex' | 'scale' | 'priority' | 'fast';

/** A call of a function that the model asks for. */
export interface FunctionToolCall {
  id: string;
  type: 'function';
  function: {
    name: string;
    /** JSON text as the model wrote it: it may be invalid, or not fit the schema. */
    arguments: string;
  };
}

/** A call of a custom tool that the model asks for. */
export interface CustomToolCall {
  id: string;
  type: 'custom';
  custom: { name: string; input: string };
}

/** A call of a tool that the model asks for. */
export type ToolCall = FunctionToolCall | CustomToolCall;

/** A source that the answer cites. */
export interface UrlCitation {
  type: 'url_citation';
  url_citation: { start_index: number; end_index: number; title: string; url: string };
}

/** Speech that the model answered with. */
export interface AnswerAudio {
  id: string;
  /** Base64. */
  data: string;
  /** Seconds since 1970. */
  expires_at: number;
  transcript: string;
}

/** What the model answered. */
export interface AssistantMessage {
  role: 'assistant';
  content: string | null;
  refusal: string | null;
  annotations?: UrlCitation[];
  audio?: AnswerAudio | null;
  tool_calls?: ToolCall[];
  /** @deprecated The API's older form of `tool_calls`. */
  function_call?: { name: string; arguments: string } | null;
}

/** One of the `n` answers that were asked for. */
export interface ChatCompletionChoice {
  index: number;
  message: AssistantMessage;
  finish_reason: FinishReason;
  logprobs: ChoiceLogprobs | null;
}

/** The answer to a conversation. */
export interface ChatCompletion {
  id: string;
  object: 'chat.completion';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: ChatCompletionChoice[];
  usage?: CompletionUsage;
  moderation?: ChatModeration | null;
  service_tier?: ServiceTier | null;
  system_fingerprint?: string;
  metadata?: Record<string, string> | null;
}

import type { ChoiceLogprobs } from '@integrations/provider';
import type { FinishReason, ServiceTier } from './chat-completion.ts';
import type { ChatModeration } from './chat-moderation.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** A piece of a tool call. Only `index` says which call it continues. */
export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: 'function' | 'custom';
  function?: { name?: string; arguments?: string };
  custom?: { name?: string; input?: string };
}

/** What a chunk adds to an answer. */
export interface ChoiceDelta {
  role?: 'developer' | 'system' | 'user' | 'assistant' | 'tool';
  content?: string | null;
  refusal?: string | null;
  tool_calls?: ToolCallDelta[];
  audio?: { id?: string; data?: string; expires_at?: number; transcript?: string };
  /** @deprecated The API's older form of `tool_calls`. */
  function_call?: { name?: string; arguments?: string };
}

/** A piece of one of the answers. */
export interface ChunkChoice {
  index: number;
  delta: ChoiceDelta;
  finish_reason: FinishReason | null;
  logprobs?: ChoiceLogprobs | null;
}

/** One event of a streamed answer. With `include_usage`, the last has no choices but the usage. */
export interface ChatCompletionChunk {
  id: string;
  object: 'chat.completion.chunk';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: ChunkChoice[];
  usage?: CompletionUsage | null;
  moderation?: ChatModeration | null;
  service_tier?: ServiceTier | null;
  system_fingerprint?: string;
  /** Random padding against guessing an answer from the sizes of its packets. */
  obfuscation?: string;
}

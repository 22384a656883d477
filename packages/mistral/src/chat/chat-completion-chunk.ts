import type { FinishReason } from './chat-completion.ts';
import type { CompletionUsage } from './completion-usage.ts';
import type { ContentChunk } from './content-chunk.ts';

/** A piece of a tool call. `index` says which call it continues. */
export interface ToolCallDelta {
  index?: number;
  id?: string;
  type?: 'function';
  function?: { name?: string; arguments?: string | Record<string, unknown> };
}

/** What a chunk adds to an answer. */
export interface ChoiceDelta {
  role?: 'assistant' | null;
  content?: string | ContentChunk[] | null;
  tool_calls?: ToolCallDelta[] | null;
}

/** A piece of one of the answers. */
export interface ChunkChoice {
  index: number;
  delta: ChoiceDelta;
  finish_reason: FinishReason | null;
}

/** One event of a streamed answer. The last has the usage. */
export interface ChatCompletionChunk {
  id: string;
  object: 'chat.completion.chunk';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: ChunkChoice[];
  usage?: CompletionUsage | null;
}

import type { ContentChunk } from './content-chunk.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** Why the model stopped: `model_length` is the end of its context, `error` one of its own. */
export type FinishReason = 'stop' | 'length' | 'model_length' | 'error' | 'tool_calls';

/** A call of a function that the model asks for. */
export interface ToolCall {
  /** Nine letters or digits; `'null'` where the model gave none. */
  id: string;
  type?: 'function';
  function: {
    name: string;
    /** As the model wrote them: JSON text, which may be invalid, or the value of it. */
    arguments: string | Record<string, unknown>;
  };
  index?: number;
}

/** What the model answered. */
export interface AssistantMessage {
  role: 'assistant';
  /** Text; parts in their order where the model thought, or cited something. */
  content: string | ContentChunk[] | null;
  tool_calls?: ToolCall[] | null;
  prefix?: boolean;
}

/** One of the `n` answers that were asked for. */
export interface ChatCompletionChoice {
  index: number;
  message: AssistantMessage;
  finish_reason: FinishReason;
}

/** The answer to a conversation. */
export interface ChatCompletion {
  id: string;
  object: 'chat.completion';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: ChatCompletionChoice[];
  usage: CompletionUsage;
}

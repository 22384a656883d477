import type {
  AssistantResponseFormat,
  AssistantTool,
  AssistantToolChoice,
} from '../../assistants/assistant-tool.ts';

/** Where a run stands. */
export type RunStatus =
  | 'queued'
  | 'in_progress'
  | 'requires_action'
  | 'cancelling'
  | 'cancelled'
  | 'failed'
  | 'completed'
  | 'incomplete'
  | 'expired';

/** Tokens that were used. */
export interface RunUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** How much of a thread a run sees. */
export interface TruncationStrategy {
  type: 'auto' | 'last_messages';
  last_messages?: number | null;
}

/** A call of a function that a run waits for. */
export interface RequiredFunctionCall {
  id: string;
  type: 'function';
  function: {
    name: string;
    /** JSON text as the model wrote it: it may be invalid, or not fit the schema. */
    arguments: string;
  };
}

/** An assistant at work on a thread. */
export interface Run {
  id: string;
  object: 'thread.run';
  /** Seconds since 1970, as all times here. */
  created_at: number;
  started_at: number | null;
  expires_at: number | null;
  cancelled_at: number | null;
  completed_at: number | null;
  failed_at: number | null;
  thread_id: string;
  assistant_id: string;
  status: RunStatus;
  /** What the run waits for. */
  required_action: {
    type: 'submit_tool_outputs';
    submit_tool_outputs: { tool_calls: RequiredFunctionCall[] };
  } | null;
  last_error: {
    code: 'server_error' | 'rate_limit_exceeded' | 'invalid_prompt';
    message: string;
  } | null;
  incomplete_details: { reason?: 'max_completion_tokens' | 'max_prompt_tokens' } | null;
  model: string;
  instructions: string;
  tools: AssistantTool[];
  tool_choice: AssistantToolChoice | null;
  parallel_tool_calls: boolean;
  response_format: AssistantResponseFormat | null;
  truncation_strategy: TruncationStrategy | null;
  max_prompt_tokens: number | null;
  max_completion_tokens: number | null;
  temperature?: number | null;
  top_p?: number | null;
  usage: RunUsage | null;
  metadata: Record<string, string> | null;
}

import type { RunUsage } from '../run.ts';

/** What a step may tell besides. */
export type RunStepInclude = 'step_details.tool_calls[*].file_search.results[*].content';

/** Code that was run. */
export interface CodeInterpreterCall {
  id: string;
  type: 'code_interpreter';
  code_interpreter: {
    input: string;
    outputs: ({ type: 'logs'; logs: string } | { type: 'image'; image: { file_id: string } })[];
  };
}

/** Files that were searched. */
export interface FileSearchCall {
  id: string;
  type: 'file_search';
  file_search: {
    ranking_options?: { ranker: 'auto' | 'default_2024_08_21'; score_threshold: number };
    results?: {
      file_id: string;
      file_name: string;
      score: number;
      content?: { type?: 'text'; text?: string }[];
    }[];
  };
}

/** A function that was called. */
export interface FunctionCallStep {
  id: string;
  type: 'function';
  function: {
    name: string;
    arguments: string;
    /** Null until it is submitted. */
    output: string | null;
  };
}

/** What a step did. */
export type RunStepDetails =
  | { type: 'message_creation'; message_creation: { message_id: string } }
  | { type: 'tool_calls'; tool_calls: (CodeInterpreterCall | FileSearchCall | FunctionCallStep)[] };

/** A step of a run. */
export interface RunStep {
  id: string;
  object: 'thread.run.step';
  /** Seconds since 1970, as all times here. */
  created_at: number;
  cancelled_at: number | null;
  completed_at: number | null;
  expired_at: number | null;
  failed_at: number | null;
  assistant_id: string;
  thread_id: string;
  run_id: string;
  type: 'message_creation' | 'tool_calls';
  status: 'in_progress' | 'cancelled' | 'failed' | 'completed' | 'expired';
  step_details: RunStepDetails;
  last_error: { code: 'server_error' | 'rate_limit_exceeded'; message: string } | null;
  usage: RunUsage | null;
  metadata: Record<string, string> | null;
}

/** A piece of a call of a tool. `index` says which call it continues. */
type ToolCallDelta =
  | {
      type: 'code_interpreter';
      index: number;
      id?: string;
      code_interpreter?: {
        input?: string;
        outputs?: (
          | { type: 'logs'; index: number; logs?: string }
          | { type: 'image'; index: number; image?: { file_id?: string } }
        )[];
      };
    }
  | { type: 'file_search'; index: number; id?: string; file_search: unknown }
  | {
      type: 'function';
      index: number;
      id?: string;
      function?: { name?: string; arguments?: string; output?: string | null };
    };

/** A piece of a step. */
export interface RunStepDelta {
  id: string;
  object: 'thread.run.step.delta';
  delta: {
    step_details?:
      | { type: 'message_creation'; message_creation?: { message_id?: string } }
      | { type: 'tool_calls'; tool_calls?: ToolCallDelta[] };
  };
}

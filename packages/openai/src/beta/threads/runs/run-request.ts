import type { AsRequest } from '@integrations/provider';
import type { ReasoningEffort } from '../../../responses/response-config.ts';
import type {
  AssistantResponseFormat,
  AssistantTool,
  AssistantToolChoice,
  ToolResources,
} from '../../assistants/assistant-tool.ts';
import type { ThreadMessageRequest } from '../messages/message.ts';
import type { ThreadRequest } from '../thread.ts';
import type { TruncationStrategy } from './run.ts';
import type { RunStepInclude } from './steps/run-step.ts';

/** What a run may set in place of its assistant. */
interface RunFields {
  assistant_id: string;
  instructions?: string | null;
  max_completion_tokens?: number | null;
  max_prompt_tokens?: number | null;
  metadata?: Record<string, string> | null;
  model?: string | null;
  parallel_tool_calls?: boolean;
  response_format?: AssistantResponseFormat | null;
  /** From 0 to 2. */
  temperature?: number | null;
  tool_choice?: AssistantToolChoice | null;
  tools?: AssistantTool[] | null;
  /** From 0 to 1. */
  top_p?: number | null;
  truncation_strategy?: TruncationStrategy | null;
}

/** What an assistant is to do with a thread. */
export type RunRequest = AsRequest<
  RunFields & {
    additional_instructions?: string | null;
    additional_messages?: ThreadMessageRequest[] | null;
    /** What the steps of the run are to tell besides. */
    include?: RunStepInclude[];
    reasoning_effort?: ReasoningEffort | null;
  }
>;

/** What an assistant is to do with a thread that is made for it. */
export type ThreadRunRequest = AsRequest<
  RunFields & { thread?: ThreadRequest; tool_resources?: ToolResources | null }
>;

/** What functions gave back that a run waits for. */
export type ToolOutputsRequest = AsRequest<{
  thread_id: string;
  tool_outputs: { tool_call_id?: string; output?: string }[];
}>;

/** Which thread a run is of, and what is to change. */
export type RunUpdate = AsRequest<{
  thread_id: string;
  metadata?: Record<string, string> | null;
}>;

/** A request that is answered by a stream. */
export type Streamed<Request> = Request & { readonly stream: true };

/** A request that is answered by the object as it stands. */
export type NotStreamed<Request> = Request & { readonly stream?: false | null | undefined };

/** A request that may be answered in either way. */
export type MaybeStreamed<Request> = Request & { readonly stream?: boolean | null | undefined };

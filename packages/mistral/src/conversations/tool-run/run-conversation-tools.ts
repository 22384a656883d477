import { ValidationError, wholeOption } from '@integrations/errors';
import {
  type Caller,
  type CallOptions,
  type RunnableTool,
  toolFunctionOf,
  type ToolFunctions,
} from '@integrations/provider';
import type { CompletionArgs } from '../../agents/completion-args.ts';
import type { ChatTool } from '../../chat/chat-tool.ts';
import type {
  AgentConversationRequest,
  ConversationAppendRequest,
  ConversationStartRequest,
  ModelConversationRequest,
} from '../conversation-request.ts';
import type { ConversationResponse } from '../conversation-response.ts';
import { CALL, ConversationToolRun } from './conversation-tool-run.ts';

type Kept = 'tools' | 'store';

/** A conversation with a model that may call functions. */
export interface ModelToolsRequest extends Omit<ModelConversationRequest, Kept> {
  readonly conversation_id?: undefined;
  /** Functions made by `zodFunction` or `standardFunction`, and tools of the API. */
  readonly tools: readonly (RunnableTool | ChatTool)[];
}

/** A conversation with an agent that has functions. */
export interface AgentToolsRequest extends Omit<AgentConversationRequest, Kept> {
  readonly conversation_id?: undefined;
  /** What the agent's functions are run by. They are not sent: the agent has them. */
  readonly tools: readonly RunnableTool[];
}

/** A conversation to go on with. */
export interface ContinuedToolsRequest extends Omit<ConversationAppendRequest, Kept> {
  readonly conversation_id: string;
  /** What the conversation's functions are run by. They are not sent: the conversation has them. */
  readonly tools: readonly RunnableTool[];
}

/** A conversation in which functions are called. The API must keep it. */
export type ConversationToolsRequest =
  | ModelToolsRequest
  | AgentToolsRequest
  | ContinuedToolsRequest;

/** How functions are run. A key against repetition would make all answers the first one. */
export interface ConversationToolsOptions extends Omit<CallOptions, 'idempotencyKey'> {
  /** Answers of the model at most; one that still calls functions then is an error. @default 10 */
  readonly maxResponses?: number | undefined;
  /** Functions that are run at a time, of those that one answer calls. @default 10 */
  readonly toolConcurrency?: number | undefined;
}

/** How a run calls the API. */
export interface ConversationToolsCalls {
  start(request: ConversationStartRequest, options: CallOptions): PromiseLike<ConversationResponse>;
  append(
    conversationId: string,
    request: ConversationAppendRequest,
    options: CallOptions,
  ): PromiseLike<ConversationResponse>;
  readonly runTool: Caller['runTool'];
}

function functionsOf(tools: readonly (RunnableTool | ChatTool)[]): ToolFunctions {
  const named = tools.flatMap((tool) => {
    const run = toolFunctionOf(tool);
    return run === undefined || !('function' in tool) ? [] : [[tool.function.name, run] as const];
  });
  if (named.length > 0) return new Map(named);
  throw new ValidationError(
    `${CALL}: no tool has anything to run. Make one with \`zodFunction\` or \`standardFunction\`, and give it a \`function\`.`,
  );
}

/** A function that was required has been called; another time it is the model's choice. */
function afterFirst(args: CompletionArgs | null | undefined): CompletionArgs | null | undefined {
  const isRequired = args?.tool_choice === 'any' || args?.tool_choice === 'required';
  return isRequired ? { ...args, tool_choice: 'auto' } : args;
}

/**
 * Begins a run of functions; nothing is sent until it is read.
 *
 * @throws ValidationError or ConfigurationError when the run cannot be right.
 */
export function runConversationTools(
  request: ConversationToolsRequest,
  { maxResponses = 10, toolConcurrency = 10, ...options }: ConversationToolsOptions,
  calls: ConversationToolsCalls,
): ConversationToolRun {
  const { tools, ...rest } = request;
  const { handoff_execution, completion_args } = request;
  const begin = (): PromiseLike<ConversationResponse> => {
    if (rest.conversation_id !== undefined) {
      const { conversation_id: id, ...body } = rest;
      return calls.append(id, body, options);
    }
    const hasAgent = (rest.agent_id ?? undefined) !== undefined;
    const body = hasAgent ? rest : { ...rest, tools };
    return calls.start(body, options);
  };
  return new ConversationToolRun({
    functions: functionsOf(tools),
    maxResponses: wholeOption('maxResponses', maxResponses, { least: 1 }),
    toolConcurrency: wholeOption('toolConcurrency', toolConcurrency, { least: 1 }),
    signal: options.signal,
    runTool: calls.runTool,
    begin,
    goOn: (id, inputs) => {
      const args = afterFirst(completion_args);
      const body = { inputs, handoff_execution, completion_args: args };
      return calls.append(id, body, options);
    },
  });
}

import type { ResponseShellOutput } from '../items/shell-item.ts';
import type { ItemEvent, Named, SequencedEvent } from './event-base.ts';

/** The arguments of a function call go on. */
export interface ResponseFunctionCallArgumentsDeltaEvent extends ItemEvent {
  type: 'response.function_call_arguments.delta';
  delta: string;
}

/** The arguments of a function call are whole. */
export interface ResponseFunctionCallArgumentsDoneEvent extends ItemEvent {
  type: 'response.function_call_arguments.done';
  arguments: string;
}

/** The input of a custom tool goes on. */
export interface ResponseCustomToolCallInputDeltaEvent extends ItemEvent {
  type: 'response.custom_tool_call_input.delta';
  delta: string;
}

/** The input of a custom tool is whole. */
export interface ResponseCustomToolCallInputDoneEvent extends ItemEvent {
  type: 'response.custom_tool_call_input.done';
  input: string;
}

/** The arguments of an MCP call go on. */
export interface ResponseMcpCallArgumentsDeltaEvent extends ItemEvent {
  type: 'response.mcp_call_arguments.delta';
  delta: string;
}

/** The arguments of an MCP call are whole. */
export interface ResponseMcpCallArgumentsDoneEvent extends ItemEvent {
  type: 'response.mcp_call_arguments.done';
  arguments: string;
}

/** The code of the code interpreter goes on. */
export interface ResponseCodeInterpreterCallCodeDeltaEvent extends ItemEvent {
  type: 'response.code_interpreter_call_code.delta';
  delta: string;
}

/** The code of the code interpreter is whole. */
export interface ResponseCodeInterpreterCallCodeDoneEvent extends ItemEvent {
  type: 'response.code_interpreter_call_code.done';
  code: string;
}

/** An image that is not finished. */
export interface ResponseImageGenCallPartialImageEvent extends ItemEvent {
  type: 'response.image_generation_call.partial_image';
  partial_image_b64: string;
  partial_image_index: number;
  background?: string;
  output_format?: string;
  quality?: string;
  size?: string;
}

interface ShellCommandEvent extends SequencedEvent {
  output_index: number;
  /** Position in the action's `commands`. */
  command_index: number;
}

/** A shell command begins, or is whole. */
export type ResponseShellCallCommandEvent = Named<
  'response.shell_call_command.added' | 'response.shell_call_command.done',
  ShellCommandEvent
> & { command: string };

/** A shell command goes on. */
export interface ResponseShellCallCommandDeltaEvent extends ShellCommandEvent {
  type: 'response.shell_call_command.delta';
  delta: string;
  obfuscation?: string;
}

/** What a shell command writes goes on. */
export interface ResponseShellCallOutputContentDeltaEvent extends ItemEvent {
  type: 'response.shell_call_output_content.delta';
  command_index: number;
  delta: { stderr?: string; stdout?: string };
}

/** What a shell command wrote is whole. */
export interface ResponseShellCallOutputContentDoneEvent extends ItemEvent {
  type: 'response.shell_call_output_content.done';
  command_index: number;
  output: ResponseShellOutput[];
}

/** Where a call of one of the API's own tools stands. */
export type ResponseToolProgressEvent = Named<
  | 'response.code_interpreter_call.in_progress'
  | 'response.code_interpreter_call.interpreting'
  | 'response.code_interpreter_call.completed'
  | 'response.compaction.compacting'
  | 'response.file_search_call.in_progress'
  | 'response.file_search_call.searching'
  | 'response.file_search_call.completed'
  | 'response.image_generation_call.in_progress'
  | 'response.image_generation_call.generating'
  | 'response.image_generation_call.completed'
  | 'response.mcp_call.in_progress'
  | 'response.mcp_call.completed'
  | 'response.mcp_call.failed'
  | 'response.mcp_list_tools.in_progress'
  | 'response.mcp_list_tools.completed'
  | 'response.mcp_list_tools.failed'
  | 'response.web_search_call.in_progress'
  | 'response.web_search_call.searching'
  | 'response.web_search_call.completed'
>;

/** What tools are given and give back, as it comes. */
export type ResponseToolEvent =
  | ResponseFunctionCallArgumentsDeltaEvent
  | ResponseFunctionCallArgumentsDoneEvent
  | ResponseCustomToolCallInputDeltaEvent
  | ResponseCustomToolCallInputDoneEvent
  | ResponseMcpCallArgumentsDeltaEvent
  | ResponseMcpCallArgumentsDoneEvent
  | ResponseCodeInterpreterCallCodeDeltaEvent
  | ResponseCodeInterpreterCallCodeDoneEvent
  | ResponseImageGenCallPartialImageEvent
  | ResponseShellCallCommandEvent
  | ResponseShellCallCommandDeltaEvent
  | ResponseShellCallOutputContentDeltaEvent
  | ResponseShellCallOutputContentDoneEvent
  | ResponseToolProgressEvent;

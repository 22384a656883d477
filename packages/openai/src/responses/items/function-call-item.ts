import type {
  ResponseFunctionOutputContent,
  ResponseInputContent,
} from '../content/input-content.ts';
import type { ItemStatus, OptionalIdentity, ToolCaller } from './item-status.ts';

/** A call of one of your functions that the model asks for. */
export interface ResponseFunctionToolCall {
  type: 'function_call';
  id?: string;
  /** What the output has to name. */
  call_id: string;
  name: string;
  /** JSON text as the model wrote it: it may be invalid, or not fit the schema. */
  arguments: string;
  async?: boolean;
  caller?: ToolCaller | null;
  namespace?: string;
  status?: ItemStatus;
}

/** A function call, as the API keeps it. */
export interface ResponseFunctionToolCallItem extends ResponseFunctionToolCall {
  id: string;
  status: ItemStatus;
  created_by?: string;
}

/** What a function gave back. */
export interface ResponseFunctionCallOutput extends OptionalIdentity {
  type: 'function_call_output';
  /** That of the call. */
  call_id?: string | null;
  output: string | ResponseFunctionOutputContent[];
  caller?: ToolCaller | null;
  name?: string | null;
  namespace?: string | null;
}

/** What a function gave back, as the API keeps it. */
export interface ResponseFunctionToolCallOutputItem {
  id: string;
  type: 'function_call_output';
  call_id?: string;
  output: string | ResponseInputContent[];
  status: ItemStatus;
  caller?: ToolCaller | null;
  created_by?: string;
  name?: string;
  namespace?: string;
}

/** A call of one of your tools that take free text. */
export interface ResponseCustomToolCall {
  type: 'custom_tool_call';
  id?: string;
  /** What the output has to name. */
  call_id: string;
  name: string;
  input: string;
  async?: boolean;
  caller?: ToolCaller | null;
  namespace?: string;
}

/** A custom tool call, as the API keeps it. */
export interface ResponseCustomToolCallItem extends ResponseCustomToolCall {
  id: string;
  status: ItemStatus;
  created_by?: string;
}

/** What a custom tool gave back. */
export interface ResponseCustomToolCallOutput {
  type: 'custom_tool_call_output';
  id?: string;
  /** That of the call. */
  call_id: string;
  output: string | ResponseInputContent[];
  caller?: ToolCaller | null;
}

/** What a custom tool gave back, as the API keeps it. */
export interface ResponseCustomToolCallOutputItem extends ResponseCustomToolCallOutput {
  id: string;
  status: ItemStatus;
  created_by?: string;
}

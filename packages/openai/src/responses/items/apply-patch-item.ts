import type { ToolCaller } from './item-status.ts';

/** A change of one file. */
export type ResponsePatchOperation =
  | { type: 'create_file'; path: string; diff: string }
  | { type: 'update_file'; path: string; diff: string }
  | { type: 'delete_file'; path: string };

/** A change of your files that the model asks for. */
export interface ResponseApplyPatchToolCall {
  id: string;
  type: 'apply_patch_call';
  call_id: string;
  operation: ResponsePatchOperation;
  status: 'in_progress' | 'completed';
  caller?: ToolCaller | null;
  created_by?: string;
}

/** A change of your files, passed in. */
export interface ResponseApplyPatchCallInput {
  type: 'apply_patch_call';
  id?: string | null;
  call_id: string;
  operation: ResponsePatchOperation;
  status: 'in_progress' | 'completed';
  caller?: ToolCaller | null;
}

/** What became of a change. */
export interface ResponseApplyPatchToolCallOutput {
  id: string;
  type: 'apply_patch_call_output';
  call_id: string;
  status: 'completed' | 'failed';
  output?: string | null;
  caller?: ToolCaller | null;
  created_by?: string;
}

/** What became of a change, passed in. */
export interface ResponseApplyPatchCallOutputInput {
  type: 'apply_patch_call_output';
  id?: string | null;
  call_id: string;
  status: 'completed' | 'failed';
  output?: string | null;
  caller?: ToolCaller | null;
}

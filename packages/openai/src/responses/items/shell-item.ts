import type { ContainerReference, LocalEnvironment } from '../tools/environment.ts';
import type { ItemStatus, OptionalIdentity, ToolCaller } from './item-status.ts';

/** A command for the shell of your machine. */
export interface ResponseLocalShellCall {
  id: string;
  type: 'local_shell_call';
  call_id: string;
  action: {
    type: 'exec';
    command: string[];
    env: Record<string, string>;
    /** Milliseconds. */
    timeout_ms?: number | null;
    user?: string | null;
    working_directory?: string | null;
  };
  status: ItemStatus;
}

/** What the shell of your machine gave back. */
export interface ResponseLocalShellCallOutput {
  id: string;
  type: 'local_shell_call_output';
  /** JSON text. */
  output: string;
  status?: ItemStatus | null;
}

/** Commands for a shell. */
export interface ResponseFunctionShellToolCall {
  id: string;
  type: 'shell_call';
  call_id: string;
  action: {
    commands: string[];
    /** Characters. */
    max_output_length: number | null;
    /** Milliseconds. */
    timeout_ms: number | null;
  };
  environment: { type: 'local' } | ContainerReference | null;
  status: ItemStatus;
  caller?: ToolCaller | null;
  created_by?: string;
}

/** Commands for a shell, passed in. */
export interface ResponseShellCallInput extends OptionalIdentity {
  type: 'shell_call';
  call_id: string;
  action: { commands: string[]; max_output_length?: number | null; timeout_ms?: number | null };
  environment?: LocalEnvironment | ContainerReference | null;
  caller?: ToolCaller | null;
}

/** What one command wrote, and how it ended. */
export interface ResponseShellOutputContent {
  stdout: string;
  stderr: string;
  outcome: { type: 'timeout' } | { type: 'exit'; exit_code: number };
}

/** What one command wrote, as the API keeps it. */
export interface ResponseShellOutput extends ResponseShellOutputContent {
  created_by?: string;
}

/** What the commands gave back. */
export interface ResponseFunctionShellToolCallOutput {
  id: string;
  type: 'shell_call_output';
  call_id: string;
  max_output_length: number | null;
  output: ResponseShellOutput[];
  status: ItemStatus;
  caller?: ToolCaller | null;
  created_by?: string;
}

/** What the commands gave back, passed in. */
export interface ResponseShellCallOutputInput extends OptionalIdentity {
  type: 'shell_call_output';
  call_id: string;
  output: ResponseShellOutputContent[];
  max_output_length?: number | null;
  caller?: ToolCaller | null;
}

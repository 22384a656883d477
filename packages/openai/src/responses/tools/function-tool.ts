import type { AllowedCaller } from '../items/item-status.ts';

interface CallableTool {
  allowed_callers?: AllowedCaller[] | null;
  /** Whether the model goes on without waiting for the output. */
  async?: boolean;
  /** Whether it is loaded only once a tool search finds it. */
  defer_loading?: boolean;
}

/** A function of yours that the model may call. */
export interface ResponseFunctionTool extends CallableTool {
  type: 'function';
  name: string;
  description?: string | null;
  /** A JSON schema of the arguments. */
  parameters: Record<string, unknown> | null;
  /** Whether the arguments have to fit the schema exactly. */
  strict: boolean | null;
  /** A JSON schema of what it gives back. */
  output_schema?: Record<string, unknown> | null;
}

/** A tool of yours that takes free text. */
export interface ResponseCustomTool extends CallableTool {
  type: 'custom';
  name: string;
  description?: string;
  format?: { type: 'text' } | { type: 'grammar'; definition: string; syntax: 'lark' | 'regex' };
}

/** A function within a group. */
export interface ResponseNamespaceFunction extends CallableTool {
  type: 'function';
  name: string;
  description?: string | null;
  /** A JSON schema of the arguments. */
  parameters?: unknown;
  strict?: boolean | null;
  /** A JSON schema of what it gives back. */
  output_schema?: Record<string, unknown> | null;
}

/** Tools of yours that belong together. */
export interface ResponseNamespaceTool {
  type: 'namespace';
  name: string;
  description: string;
  tools: (ResponseNamespaceFunction | ResponseCustomTool)[];
}

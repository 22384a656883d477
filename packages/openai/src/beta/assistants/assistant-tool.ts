/** Runs code. */
export interface CodeInterpreterTool {
  type: 'code_interpreter';
}

/** Searches files. */
export interface FileSearchTool {
  type: 'file_search';
  file_search?: {
    /** From 1 to 50. */
    max_num_results?: number;
    ranking_options?: {
      /** From 0 to 1. */
      score_threshold: number;
      ranker?: 'auto' | 'default_2024_08_21';
    };
  };
}

/** A function that the model may call. */
export interface AssistantFunctionTool {
  type: 'function';
  function: {
    name: string;
    description?: string;
    /** A JSON schema. */
    parameters?: Record<string, unknown>;
    strict?: boolean | null;
  };
}

/** What an assistant may use. */
export type AssistantTool = CodeInterpreterTool | FileSearchTool | AssistantFunctionTool;

/** Which tool, if any, a run must use. */
export type AssistantToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type: 'function' | 'code_interpreter' | 'file_search'; function?: { name: string } };

/** The form that an answer must have. */
export type AssistantResponseFormat =
  | 'auto'
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema';
      json_schema: {
        name: string;
        description?: string;
        schema?: Record<string, unknown>;
        strict?: boolean | null;
      };
    };

/** What the tools of an assistant or a thread work with. */
export interface ToolResources {
  code_interpreter?: { file_ids?: string[] };
  file_search?: { vector_store_ids?: string[] };
}

/** The same, with stores that are to be made of files. */
export interface NewToolResources extends Omit<ToolResources, 'file_search'> {
  file_search?: {
    vector_store_ids?: string[];
    vector_stores?: {
      chunking_strategy?:
        | { type: 'auto' }
        | {
            type: 'static';
            static: { chunk_overlap_tokens: number; max_chunk_size_tokens: number };
          };
      file_ids?: string[];
      metadata?: Record<string, string> | null;
    }[];
  };
}

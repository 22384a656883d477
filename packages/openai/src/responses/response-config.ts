import type { ResponseInputContent } from './content/input-content.ts';

/** How hard a model thinks. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** How a model thinks. */
export interface ResponseReasoning {
  context?: 'auto' | 'current_turn' | 'all_turns' | null;
  effort?: ReasoningEffort | null;
  /** @deprecated The API's older form of `summary`. */
  generate_summary?: 'auto' | 'concise' | 'detailed' | null;
  mode?: (string & {}) | 'standard' | 'pro';
  summary?: 'auto' | 'concise' | 'detailed' | null;
}

/** The answer has to fit a JSON schema. */
export interface ResponseFormatJsonSchema {
  type: 'json_schema';
  name: string;
  schema: Record<string, unknown>;
  description?: string;
  strict?: boolean | null;
}

/** The form that the text of the answer must have. */
export type ResponseTextFormat =
  | { type: 'text' }
  | ResponseFormatJsonSchema
  | { type: 'json_object' };

/** How the text of the answer should be. */
export interface ResponseTextConfig {
  format?: ResponseTextFormat;
  verbosity?: 'low' | 'medium' | 'high' | null;
}

/** A prompt that the API keeps, and what to put into it. */
export interface ResponsePrompt {
  id: string;
  variables?: Record<string, string | ResponseInputContent> | null;
  version?: string | null;
}

/** How a request is served. */
export type ResponseServiceTier =
  | 'auto'
  | 'default'
  | 'flex'
  | 'scale'
  | 'priority'
  | 'fast'
  | 'ultrafast';

/** What the answer may hold besides. */
export type ResponseIncludable =
  | 'file_search_call.results'
  | 'web_search_call.results'
  | 'web_search_call.action.sources'
  | 'message.input_image.image_url'
  | 'computer_call_output.output.image_url'
  | 'code_interpreter_call.outputs'
  | 'reasoning.encrypted_content'
  | 'message.output_text.logprobs';

/** Which group of programmes a request belongs to. */
export type CyberAccess = 'standard' | 'daybreak_blue' | 'daybreak_red';

/** How closely the model looks at an image. */
export type ResponseImageDetail = 'low' | 'high' | 'auto' | 'original';

/** Marks the exact end of a part of the prompt that later prompts share. */
export interface PromptCacheBreakpoint {
  mode: 'explicit';
  ttl?: '30m' | '12h';
}

/** Text for the model. */
export interface ResponseInputText {
  type: 'input_text';
  text: string;
  prompt_cache_breakpoint?: PromptCacheBreakpoint;
}

/** An image for the model, by address, as a data URL, or by the id of a file. */
export interface ResponseInputImage {
  type: 'input_image';
  detail: ResponseImageDetail;
  file_id?: string | null;
  image_url?: string | null;
  prompt_cache_breakpoint?: PromptCacheBreakpoint;
}

/** A file for the model, by address, by id or by content. */
export interface ResponseInputFile {
  type: 'input_file';
  detail?: 'auto' | 'low' | 'high';
  /** Base64. */
  file_data?: string;
  file_id?: string | null;
  file_url?: string;
  filename?: string;
  prompt_cache_breakpoint?: PromptCacheBreakpoint;
}

/** A part of what the model is given. */
export type ResponseInputContent = ResponseInputText | ResponseInputImage | ResponseInputFile;

/** A part of what a function gave back. */
export type ResponseFunctionOutputContent =
  | (Omit<ResponseInputText, 'prompt_cache_breakpoint'> & NullableBreakpoint)
  | (Omit<ResponseInputImage, 'detail' | 'prompt_cache_breakpoint'> &
      NullableBreakpoint & { detail?: ResponseImageDetail | null })
  | (Pick<ResponseInputFile, 'type' | 'detail'> &
      NullableBreakpoint & {
        /** Base64. */
        file_data?: string | null;
        file_id?: string | null;
        file_url?: string | null;
        filename?: string | null;
      });

interface NullableBreakpoint {
  prompt_cache_breakpoint?: PromptCacheBreakpoint | null;
}

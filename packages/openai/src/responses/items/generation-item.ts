import type { ItemStatus } from './item-status.ts';

/** Why an image was not made. */
export interface ResponseImageError {
  type: string;
  code: string | null;
  message: string;
  param: string | null;
  moderation_details?: {
    categories: string[];
    moderation_stage: 'input' | 'output' | 'unknown';
  };
}

/** An image that the model made. */
export interface ResponseImageGenerationCall {
  id: string;
  type: 'image_generation_call';
  /** Base64. */
  result: string | null;
  status: 'in_progress' | 'completed' | 'generating' | 'failed';
  action?: 'generate' | 'edit' | 'auto' | null;
  background?: 'transparent' | 'opaque' | 'auto' | null;
  error?: ResponseImageError;
  output_format?: 'png' | 'webp' | 'jpeg' | 'gif' | 'svg' | null;
  quality?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'auto' | null;
  revised_prompt?: string | null;
  /** Width and height in pixels: `1024x1536`. */
  size?: (string & {}) | '1024x1024' | '1024x1536' | '1536x1024' | null;
  svg_usage?: {
    input_tokens: number;
    model: string;
    output_tokens: number;
    reasoning_tokens: number;
    total_tokens: number;
  };
}

/** Code that the model ran. */
export interface ResponseCodeInterpreterToolCall {
  id: string;
  type: 'code_interpreter_call';
  code: string | null;
  container_id: string;
  outputs: ({ type: 'logs'; logs: string } | { type: 'image'; url: string })[] | null;
  status: ItemStatus | 'interpreting' | 'failed';
}

import type { AllowedCaller } from '../items/item-status.ts';
import type {
  CodeInterpreterContainer,
  ContainerAuto,
  ContainerReference,
  LocalEnvironment,
} from './environment.ts';

/** Lets the model use a computer. */
export interface ResponseComputerTool {
  type: 'computer';
}

/** Lets the model use a computer, the older way. */
export interface ResponseComputerPreviewTool {
  type: 'computer_use_preview';
  /** Pixels. */
  display_height: number;
  /** Pixels. */
  display_width: number;
  environment: 'windows' | 'mac' | 'linux' | 'ubuntu' | 'browser';
}

/** Lets the model run Python. */
export interface ResponseCodeInterpreterTool {
  type: 'code_interpreter';
  /** The id of a container, or one to be made. */
  container: string | CodeInterpreterContainer;
  allowed_callers?: AllowedCaller[] | null;
}

/** Lets the model run commands on your machine, the older way. */
export interface ResponseLocalShellTool {
  type: 'local_shell';
}

/** Lets the model run commands. */
export interface ResponseShellTool {
  type: 'shell';
  allowed_callers?: AllowedCaller[] | null;
  environment?: ContainerAuto | LocalEnvironment | ContainerReference | null;
}

/** Lets the model change files. */
export interface ResponseApplyPatchTool {
  type: 'apply_patch';
  allowed_callers?: AllowedCaller[] | null;
}

/** Lets programs that the model writes call tools. */
export interface ResponseProgrammaticToolCalling {
  type: 'programmatic_tool_calling';
}

/** Models that make images. */
export type ResponseImageModel =
  | (string & {})
  | 'gpt-image-1'
  | 'gpt-image-1-mini'
  | 'gpt-image-1.5'
  | 'gpt-image-2'
  | 'chatgpt-image-latest';

/** Lets the model make images. */
export interface ResponseImageGenerationTool {
  type: 'image_generation';
  action?: 'generate' | 'edit' | 'auto';
  background?: 'transparent' | 'opaque' | 'auto';
  complexity?: 'low' | 'medium' | 'high';
  frame_count?: number;
  /** Milliseconds. */
  frame_duration_ms?: number;
  input_fidelity?: 'high' | 'low' | null;
  input_image_mask?: { file_id?: string; image_url?: string };
  model?: ResponseImageModel;
  moderation?: 'auto' | 'low';
  /** Percent. */
  output_compression?: number;
  output_format?: 'png' | 'webp' | 'jpeg' | 'gif' | 'svg';
  /** From 0 to 3: how many unfinished images a stream shows. */
  partial_images?: number;
  quality?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'auto';
  /** Width and height in pixels: `1024x1536`. */
  size?: (string & {}) | '1024x1024' | '1024x1536' | '1536x1024' | 'auto';
  svg?: {
    model?: string;
    reasoning?: {
      effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
    } | null;
  };
}

import type {
  DocumentUrlChunk,
  ImageUrlChunk,
  TextChunk,
  ThinkChunk,
  ToolReferenceChunk,
} from '../chat/content-chunk.ts';

/** A file that a tool of the provider made. */
export interface ToolFileChunk {
  type: 'tool_file';
  tool: string;
  file_id: string;
  file_name?: string | null;
  file_type?: string | null;
}

/** A part of what goes in. */
export type InputChunk = TextChunk | ImageUrlChunk | ToolFileChunk | DocumentUrlChunk | ThinkChunk;

/** A part of what comes out. */
export type OutputChunk = InputChunk | ToolReferenceChunk;

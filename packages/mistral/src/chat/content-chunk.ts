/** Text. */
export interface TextChunk {
  type: 'text';
  text: string;
}

/** An image, by address or as a data URL. */
export interface ImageUrlChunk {
  type: 'image_url';
  image_url: string | { url: string; detail?: 'low' | 'auto' | 'high' | null };
}

/** A document, by address or as a data URL. */
export interface DocumentUrlChunk {
  type: 'document_url';
  document_url: string;
  document_name?: string | null;
}

/** Which of the sources that the model was given it cites here. */
export interface ReferenceChunk {
  type: 'reference';
  reference_ids: (number | string)[];
}

/** A file that was uploaded. */
export interface FileChunk {
  type: 'file';
  file_id: string;
}

/** Sound: base64, or an address. */
export interface AudioChunk {
  type: 'input_audio';
  input_audio: string;
}

/** Something that a tool of the provider found. */
export interface ToolReferenceChunk {
  type: 'tool_reference';
  tool: string;
  title: string;
  url?: string | null;
  favicon?: string | null;
  description?: string | null;
}

/** What the model thinks before it answers. */
export interface ThinkChunk {
  type: 'thinking';
  thinking: (TextChunk | ReferenceChunk | ToolReferenceChunk)[];
  /** Proves the thoughts when they are sent back. */
  signature?: string | null;
  /** Whether the thoughts are complete. */
  closed?: boolean;
}

/** A part of a message. */
export type ContentChunk =
  | TextChunk
  | ImageUrlChunk
  | DocumentUrlChunk
  | ReferenceChunk
  | FileChunk
  | AudioChunk
  | ThinkChunk;

import type { ResponseFormat } from '../chat/chat-completion-request.ts';
import type { DocumentUrlChunk, FileChunk, ImageUrlChunk } from '../chat/content-chunk.ts';

/** What is to be read: a file that was uploaded, a document, or an image. */
export type OcrDocument = Readonly<FileChunk | DocumentUrlChunk | ImageUrlChunk>;

/** The shape of an annotation. */
export type OcrAnnotationFormat = Extract<ResponseFormat, { readonly type: 'json_schema' }>;

/** What to read, and how. */
export interface OcrRequest {
  readonly model: string | null;
  readonly document: OcrDocument;
  /** Counted from 0: a list, or a text like `0-5` or `0,2-4`. @default all, by the API */
  readonly pages?: string | readonly number[] | null | undefined;
  /** Whether images come with their content. */
  readonly include_image_base64?: boolean | null | undefined;
  /** How many images at most. */
  readonly image_limit?: number | null | undefined;
  /** The least height and width of an image, in pixels. */
  readonly image_min_size?: number | null | undefined;
  /** What to tell of each image. */
  readonly bbox_annotation_format?: OcrAnnotationFormat | null | undefined;
  /** What to tell of the whole document. */
  readonly document_annotation_format?: OcrAnnotationFormat | null | undefined;
  /** How to tell it; needs `document_annotation_format`. */
  readonly document_annotation_prompt?: string | null | undefined;
  /** As what tables come beside the text. @default as part of it, by the API */
  readonly table_format?: 'markdown' | 'html' | null | undefined;
  /** Whether page headers come apart from the text. @default false, by the API */
  readonly extract_header?: boolean | undefined;
  /** Whether page footers come apart from the text. @default false, by the API */
  readonly extract_footer?: boolean | undefined;
  /** Whether to tell where each paragraph is. @default true, by the API */
  readonly include_blocks?: boolean | undefined;
  /** What to tell the confidence of. @default nothing, by the API */
  readonly confidence_scores_granularity?: 'word' | 'page' | 'block' | null | undefined;
}

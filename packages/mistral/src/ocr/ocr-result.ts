import type { OcrBlock, OcrBox } from './ocr-block.ts';

/** An image of a page; where it is, is null where that is not known. */
export interface OcrImage extends Record<keyof OcrBox, number | null> {
  /** The page's markdown refers to it. */
  id: string;
  /** As a data URL, where `include_image_base64` asked for it. */
  image_base64?: string | null;
  /** JSON, where `bbox_annotation_format` asked for it. */
  image_annotation?: string | null;
}

/** How sure the model is of a word. */
export interface OcrWordConfidence {
  text: string;
  /** From 0 to 1. */
  confidence: number;
  /** Where the word begins in the markdown. */
  start_index: number;
}

/** A table of a page. */
export interface OcrTable {
  /** The page's markdown refers to it. */
  id: string;
  content: string;
  format: 'markdown' | 'html';
  word_confidence_scores?: OcrWordConfidence[] | null;
}

/** How sure the model is of a page, from 0 to 1. */
export interface OcrPageConfidence {
  average_page_confidence_score: number;
  minimum_page_confidence_score: number;
  word_confidence_scores?: OcrWordConfidence[];
}

/** What was read on a page. */
export interface OcrPage {
  /** Counted from 0. */
  index: number;
  markdown: string;
  images: OcrImage[];
  /** Of the image that the page was read from: dots per inch, and pixels. */
  dimensions: { dpi: number; height: number; width: number } | null;
  tables?: OcrTable[];
  hyperlinks?: string[];
  header?: string | null;
  footer?: string | null;
  confidence_scores?: OcrPageConfidence | null;
  /** Paragraphs in the order in which they are read. */
  blocks?: OcrBlock[] | null;
}

/** What was read in a document. */
export interface OcrResult {
  pages: OcrPage[];
  model: string;
  /** JSON, where `document_annotation_format` asked for it. */
  document_annotation?: string | null;
  usage_info: {
    pages_processed: number;
    /** In bytes. */
    doc_size_bytes?: number | null;
  };
}

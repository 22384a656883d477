import { RESPONSE_FORMAT } from '../chat/response-format.ts';
import {
  either,
  filledText,
  flag,
  integer,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
  type Shape,
  tagged,
  text,
  wrong,
} from '../shape.ts';
import { PAGE_CHOICE } from './page-choice.ts';

/** What is to be read. */
export type OcrSource =
  | { readonly kind: 'file'; readonly id: string }
  | { readonly kind: 'document' | 'image'; readonly url: string };

const FILE = record({ type: text, file_id: filledText });
const DOCUMENT = record({ type: text, document_url: filledText, document_name: nullable(text) });
const IMAGE = record({
  type: text,
  image_url: either(filledText, record({ url: filledText, detail: nullable(text) })),
});

const SOURCE = tagged<OcrSource>('type', {
  file: (value, at) => ({ kind: 'file', id: FILE(value, at).file_id }),
  document_url: (value, at) => ({ kind: 'document', url: DOCUMENT(value, at).document_url }),
  image_url: (value, at) => {
    const { image_url: image } = IMAGE(value, at);
    return { kind: 'image', url: typeof image === 'string' ? image : image.url };
  },
});

/** A schema for an annotation. */
const ANNOTATION: Shape<unknown> = (value, at) => {
  const format = RESPONSE_FORMAT(value, at);
  if (format.kind === 'json_schema') return format.schema;
  throw wrong(value, at, 'value_error', 'Value error, Only json_schema is supported');
};

const REQUEST = record({
  model: nullable(filledText),
  document: SOURCE,
  id: nullable(text),
  pages: nullable(PAGE_CHOICE),
  include_image_base64: nullable(flag),
  image_limit: nullable(integer({ from: 0 })),
  image_min_size: nullable(integer({ from: 0 })),
  bbox_annotation_format: nullable(ANNOTATION),
  document_annotation_format: nullable(ANNOTATION),
  document_annotation_prompt: nullable(text),
  table_format: nullable(oneOf('markdown', 'html')),
  extract_header: optional(flag),
  extract_footer: optional(flag),
  include_blocks: optional(flag),
  confidence_scores_granularity: nullable(oneOf('word', 'page', 'block')),
});

/** What of a request counts here. */
export interface OcrWishes {
  readonly model: string | undefined;
  readonly source: OcrSource;
  readonly isWanted: (page: number) => boolean;
  readonly imageContent: boolean;
  readonly imageLimit: number | undefined;
  readonly blocks: boolean;
  readonly confidence: 'word' | 'page' | 'block' | undefined;
  /** The schema of what is said of each image. */
  readonly imageSchema: unknown;
  /** The schema of what is said of the document. */
  readonly documentSchema: unknown;
}

/** @throws RequestRefused 422 */
export function parseOcrRequest(body: unknown): OcrWishes {
  const given = readBody(REQUEST, body);
  return {
    model: given.model,
    source: given.document,
    isWanted: given.pages ?? (() => true),
    imageContent: given.include_image_base64 ?? false,
    imageLimit: given.image_limit,
    blocks: given.include_blocks ?? true,
    confidence: given.confidence_scores_granularity,
    imageSchema: given.bbox_annotation_format,
    documentSchema: given.document_annotation_format,
  };
}

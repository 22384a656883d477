/** Where something is on the image of a page, in pixels. */
export interface OcrBox {
  top_left_x: number;
  top_left_y: number;
  bottom_right_x: number;
  bottom_right_y: number;
}

/** How sure the model is of a block, from 0 to 1; null where there is nothing to be sure of. */
export interface OcrBlockConfidence {
  average_content_confidence_score?: number | null;
  minimum_content_confidence_score?: number | null;
  block_type_confidence_score?: number | null;
}

/** What all blocks tell. */
interface OcrBlockBase extends OcrBox {
  content: string;
  /** Where `confidence_scores_granularity` asked for `block`. */
  confidence_scores?: OcrBlockConfidence | null;
}

/** A block of text of some kind. */
export interface OcrTextBlock extends OcrBlockBase {
  type:
    | 'text'
    | 'list'
    | 'title'
    | 'equation'
    | 'caption'
    | 'code'
    | 'references'
    | 'aside_text'
    | 'header'
    | 'footer'
    | 'signature';
}

/** An image. */
export interface OcrImageBlock extends OcrBlockBase {
  type: 'image';
  /** Id of one of the page's `images`. */
  image_id: string;
}

/** A table. */
export interface OcrTableBlock extends OcrBlockBase {
  type: 'table';
  /** Id of one of the page's `tables`, where they come apart. */
  table_id?: string | null;
}

/** A paragraph of a page, and where it is. */
export type OcrBlock = OcrTextBlock | OcrImageBlock | OcrTableBlock;

import type { OcrWishes } from './ocr-request.ts';

/** What a request wants to know of each page. */
export interface PageWishes extends Pick<
  OcrWishes,
  'blocks' | 'confidence' | 'imageContent' | 'imageLimit'
> {
  /** What is said of each image, if anything. */
  readonly imageAnnotation: string | null;
}

const SIZE = { dpi: 200, height: 2200, width: 1700 };
const CONFIDENCE = 0.98;
const IMAGE_BOX = { top_left_x: 100, top_left_y: 100, bottom_right_x: 900, bottom_right_y: 700 };
const LINE_HEIGHT = 40;

/** A page as the API tells it. Images are those that its markdown refers to. */
export function ocrPage(markdown: string, index: number, wishes: PageWishes): object {
  const ids = Array.from(markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g), ([, id]) => id);
  return {
    index,
    markdown,
    images: ids.slice(0, wishes.imageLimit).map((id) => ({
      id,
      ...IMAGE_BOX,
      image_base64: wishes.imageContent ? 'data:image/png;base64,AAAA' : null,
      image_annotation: wishes.imageAnnotation,
    })),
    tables: [],
    hyperlinks: Array.from(markdown.matchAll(/https?:\/\/[^\s)]+/g), ([link]) => link),
    header: null,
    footer: null,
    dimensions: SIZE,
    confidence_scores: confidenceOf(markdown, wishes.confidence),
    blocks: wishes.blocks ? blocksOf(markdown, wishes) : null,
  };
}

function confidenceOf(markdown: string, wanted: PageWishes['confidence']): object | null {
  if (wanted !== 'page' && wanted !== 'word') return null;
  const words = Array.from(markdown.matchAll(/\S+/g), ({ 0: text, index }) => ({
    text,
    confidence: CONFIDENCE,
    start_index: index,
  }));
  return {
    ...(wanted === 'word' ? { word_confidence_scores: words } : {}),
    average_page_confidence_score: CONFIDENCE,
    minimum_page_confidence_score: CONFIDENCE,
  };
}

function blocksOf(markdown: string, { confidence }: PageWishes): object[] {
  const paragraphs = markdown.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs.map((content, index) => {
    const image = /^!\[[^\]]*\]\(([^)]+)\)$/.exec(content.trim())?.[1];
    return {
      ...IMAGE_BOX,
      top_left_y: (index + 1) * LINE_HEIGHT,
      bottom_right_y: (index + 2) * LINE_HEIGHT,
      content,
      confidence_scores:
        confidence === 'block' ? { block_type_confidence_score: CONFIDENCE } : null,
      ...(image === undefined
        ? { type: content.startsWith('#') ? 'title' : 'text' }
        : { type: 'image', image_id: image }),
    };
  });
}

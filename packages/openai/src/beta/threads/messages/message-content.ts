/** How closely an image is looked at. */
type ImageDetail = 'auto' | 'low' | 'high';

/** A place in the text that goes back to a file. */
export interface FileCitationAnnotation {
  type: 'file_citation';
  text: string;
  start_index: number;
  end_index: number;
  file_citation: { file_id: string };
}

/** A place in the text that stands for a file that was made. */
export interface FilePathAnnotation {
  type: 'file_path';
  text: string;
  start_index: number;
  end_index: number;
  file_path: { file_id: string };
}

/** An image by its file. */
export interface ImageFileBlock {
  type: 'image_file';
  image_file: { file_id: string; detail?: ImageDetail };
}

/** An image by its address. */
export interface ImageUrlBlock {
  type: 'image_url';
  image_url: { url: string; detail?: ImageDetail };
}

/** A part of a message. */
export type ThreadMessageContent =
  | ImageFileBlock
  | ImageUrlBlock
  | {
      type: 'text';
      text: { value: string; annotations: (FileCitationAnnotation | FilePathAnnotation)[] };
    }
  | { type: 'refusal'; refusal: string };

/** A part of a message that is to be made. */
export type ThreadMessagePart = ImageFileBlock | ImageUrlBlock | { type: 'text'; text: string };

/** A piece of an annotation. */
type AnnotationDelta =
  | {
      type: 'file_citation';
      index: number;
      text?: string;
      start_index?: number;
      end_index?: number;
      file_citation?: { file_id?: string; quote?: string };
    }
  | {
      type: 'file_path';
      index: number;
      text?: string;
      start_index?: number;
      end_index?: number;
      file_path?: { file_id?: string };
    };

/** A piece of a part of a message. `index` says which part it continues. */
export type ThreadMessageContentDelta =
  | { type: 'text'; index: number; text?: { value?: string; annotations?: AnnotationDelta[] } }
  | { type: 'refusal'; index: number; refusal?: string }
  | {
      type: 'image_file';
      index: number;
      image_file?: { file_id?: string; detail?: ImageDetail };
    }
  | { type: 'image_url'; index: number; image_url?: { url?: string; detail?: ImageDetail } };

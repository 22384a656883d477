import type { ImageQuality, ImageUsage } from './image.ts';

/** An image, and how it was made. */
interface StreamedImage {
  /** Base64. */
  b64_json: string;
  /** Seconds since 1970. */
  created_at: number;
  background: 'transparent' | 'opaque' | 'auto';
  output_format: 'png' | 'webp' | 'jpeg';
  quality: ImageQuality | 'auto';
  size: '1024x1024' | '1024x1536' | '1536x1024' | 'auto' | (string & {});
}

/** An image before it is finished. */
interface PartialImage extends StreamedImage {
  /** From 0. */
  partial_image_index: number;
}

/** A finished image. */
interface CompletedImage extends StreamedImage {
  usage: Omit<ImageUsage, 'output_tokens_details'>;
  safety_identifier?: string | null;
}

/** A new image before it is finished. */
export interface ImageGenPartialImageEvent extends PartialImage {
  type: 'image_generation.partial_image';
}

/** A new image is finished. */
export interface ImageGenCompletedEvent extends CompletedImage {
  type: 'image_generation.completed';
}

/** An edited image before it is finished. */
export interface ImageEditPartialImageEvent extends PartialImage {
  type: 'image_edit.partial_image';
}

/** An edited image is finished. */
export interface ImageEditCompletedEvent extends CompletedImage {
  type: 'image_edit.completed';
}

/** An event while a new image is made. Others may come, and pass as they are. */
export type ImageGenStreamEvent = ImageGenPartialImageEvent | ImageGenCompletedEvent;

/** An event while an image is edited. Others may come, and pass as they are. */
export type ImageEditStreamEvent = ImageEditPartialImageEvent | ImageEditCompletedEvent;

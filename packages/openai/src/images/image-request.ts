import type { Uploadable } from '@integrations/provider';

/** The models that make images. */
export type ImageModel =
  | 'gpt-image-1'
  | 'gpt-image-1-mini'
  | 'gpt-image-1.5'
  | 'gpt-image-2'
  | 'gpt-image-2-2026-04-21'
  | 'gpt-image-2.5-sunburst'
  | 'gpt-image-2.5-sunburst-2026-09-08'
  | 'gpt-image-2.5-flare'
  | 'gpt-image-2.5-flare-2026-09-08'
  | 'gpt-image-2.6-sunburst'
  | 'gpt-image-2.6-flare'
  | 'chatgpt-image-latest'
  | 'dall-e-2'
  | 'dall-e-3';

/** What new and edited images are asked for with. Which model takes what, the API's documentation tells. */
interface ImageRequest {
  /** What is to be seen: up to 32,000 characters, fewer for the older models. */
  readonly prompt: string;
  readonly model?: ImageModel | (string & {}) | null | undefined;
  readonly background?: 'transparent' | 'opaque' | 'auto' | null | undefined;
  /** How much there may be in the picture. */
  readonly complexity?: 'low' | 'medium' | 'high' | null | undefined;
  /** Of an animation. */
  readonly frame_count?: number | null | undefined;
  /** Of an animation, in milliseconds. */
  readonly frame_duration_ms?: number | null | undefined;
  /** How many, 1 to 10. @default 1, by the API */
  readonly n?: number | null | undefined;
  /** Percent, of `webp` and `jpeg`. @default 100, by the API */
  readonly output_compression?: number | null | undefined;
  /** Unfinished images to send before the finished one, 0 to 3, with `stream`. @default 0, by the API */
  readonly partial_images?: number | null | undefined;
  /** Of the older models; the others send base64. */
  readonly response_format?: 'url' | 'b64_json' | null | undefined;
  readonly safety_identifier?: string | null | undefined;
  readonly stream?: boolean | null | undefined;
  readonly user?: string | undefined;
}

type Quality = 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'auto' | 'standard';

type Size = '1024x1024' | '1536x1024' | '1024x1536' | 'auto' | '256x256' | '512x512';

/** How an SVG is written. */
export interface ImageSvgOptions {
  readonly model: string;
  readonly reasoning?:
    | {
        readonly effort?:
          | 'none'
          | 'minimal'
          | 'low'
          | 'medium'
          | 'high'
          | 'xhigh'
          | 'max'
          | null
          | undefined;
      }
    | null
    | undefined;
}

/** What to make an image of. */
export interface ImageGenerateRequest extends ImageRequest {
  readonly moderation?: 'low' | 'auto' | null | undefined;
  readonly output_format?: 'png' | 'jpeg' | 'webp' | 'gif' | 'svg' | null | undefined;
  readonly quality?: Quality | 'hd' | null | undefined;
  readonly size?: Size | '1792x1024' | '1024x1792' | (string & {}) | null | undefined;
  readonly style?: 'vivid' | 'natural' | null | undefined;
  readonly svg?: ImageSvgOptions | null | undefined;
}

/** What to make an image of, while it is made. */
export interface ImageGenerateStreamRequest extends ImageGenerateRequest {
  readonly stream: true;
}

/** What to change in an image, or to make of several. */
export interface ImageEditRequest extends ImageRequest {
  /** png, webp or jpg of up to 50 MB each, 16 at most. */
  readonly image: Uploadable | readonly Uploadable[];
  /** How closely to keep to what the images show. */
  readonly input_fidelity?: 'high' | 'low' | null | undefined;
  /** Marks on the image that say what to change. */
  readonly markup?: Uploadable | undefined;
  /** As large as the image: what is transparent in it is edited. */
  readonly mask?: Uploadable | undefined;
  readonly output_format?: 'png' | 'jpeg' | 'webp' | 'gif' | null | undefined;
  readonly quality?: Quality | null | undefined;
  readonly size?: Size | (string & {}) | null | undefined;
}

/** What to change in an image, while it is made. */
export interface ImageEditStreamRequest extends ImageEditRequest {
  readonly stream: true;
}

/** What to make variations of. */
export interface ImageVariationRequest {
  /** A square png of up to 4 MB. */
  readonly image: Uploadable;
  readonly model?: ImageModel | (string & {}) | null | undefined;
  /** How many, 1 to 10. @default 1, by the API */
  readonly n?: number | null | undefined;
  readonly response_format?: 'url' | 'b64_json' | null | undefined;
  readonly size?: '256x256' | '512x512' | '1024x1024' | null | undefined;
  readonly user?: string | undefined;
}

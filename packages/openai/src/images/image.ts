/** One image. */
export interface Image {
  /** Base64. */
  b64_json?: string;
  /** Where the older models leave it, for an hour. */
  url?: string;
  /** What the older models made of the prompt. */
  revised_prompt?: string;
}

/** What texts and images cost. */
export interface ImageTokenDetails {
  image_tokens: number;
  text_tokens: number;
}

/** What a call cost. */
export interface ImageUsage {
  input_tokens: number;
  input_tokens_details: ImageTokenDetails;
  output_tokens: number;
  output_tokens_details?: ImageTokenDetails;
  total_tokens: number;
}

/** What the model that wrote an SVG cost. */
export interface ImageSvgUsage {
  model: string;
  input_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  total_tokens: number;
}

/** How an image is made, as far as all that speak of it agree. */
export type ImageQuality = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Images, as asked for. */
export interface ImagesResponse {
  /** Seconds since 1970. */
  created: number;
  data?: Image[];
  background?: 'transparent' | 'opaque';
  output_format?: 'png' | 'webp' | 'jpeg' | 'gif' | 'svg';
  quality?: ImageQuality;
  safety_identifier?: string | null;
  size?: '1024x1024' | '1024x1536' | '1536x1024' | (string & {});
  svg_usage?: ImageSvgUsage;
  usage?: ImageUsage;
}

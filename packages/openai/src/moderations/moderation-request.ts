/** Text to judge. */
export interface ModerationTextPart {
  readonly type: 'text';
  readonly text: string;
}

/** An image to judge, by address or as a data URL. */
export interface ModerationImagePart {
  readonly type: 'image_url';
  readonly image_url: { readonly url: string };
}

/** A text or an image to judge. */
export type ModerationPart = ModerationTextPart | ModerationImagePart;

/** What to judge. */
export interface ModerationRequest {
  /** Each text of a list is judged by itself; texts and images of a list of parts are judged together. */
  readonly input: string | readonly string[] | readonly ModerationPart[];
  /** @default 'omni-moderation-latest', by the API */
  readonly model?: string | undefined;
}

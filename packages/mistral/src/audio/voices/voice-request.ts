/** A voice to make. */
export interface VoiceCreateRequest {
  readonly name: string;
  /** Sound of somebody who speaks, in base64. */
  readonly sample_audio: string;
  /** Its ending tells the format of the sample. */
  readonly sample_filename?: string | null | undefined;
  readonly slug?: string | null | undefined;
  /** What it speaks. */
  readonly languages?: readonly string[] | undefined;
  readonly gender?: string | null | undefined;
  readonly age?: number | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly color?: string | null | undefined;
  /** Up to 500 characters. */
  readonly description?: string | null | undefined;
  /** @default 30, by the API */
  readonly retention_notice?: number | undefined;
}

/** What is to change of a voice; its sound stays. */
export interface VoiceUpdateRequest {
  readonly name?: string | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly gender?: string | null | undefined;
  readonly age?: number | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  /** Up to 500 characters. */
  readonly description?: string | null | undefined;
}

/** Which voices to list. */
export interface VoiceQuery {
  /** How many on a page, from 1 to 100. @default 10, by the API */
  readonly limit?: number | undefined;
  /** How many to leave out at the beginning. @default 0, by the API */
  readonly offset?: number | undefined;
  /** One's own, or those that the API brings. @default 'all', by the API */
  readonly type?: 'all' | 'custom' | 'preset' | undefined;
}

/** What to say, and how. */
export interface SpeechRequest {
  readonly input: string;
  /** @default the API's own */
  readonly model?: string | null | undefined;
  /** Id of a voice. @default the voice of `ref_audio`, or the API's own */
  readonly voice_id?: string | null | undefined;
  /** Sound of somebody who speaks, in base64: the voice to say it with. */
  readonly ref_audio?: string | null | undefined;
  /** @default 'mp3', by the API */
  readonly response_format?: 'pcm' | 'wav' | 'mp3' | 'flac' | 'opus' | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly prompt_cache_key?: string | null | undefined;
}

/** The request as it is sent. */
export interface SpeechWireRequest extends SpeechRequest {
  readonly stream?: true;
}

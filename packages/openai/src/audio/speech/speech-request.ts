/** The models that speak. */
export type SpeechModel = 'tts-1' | 'tts-1-hd' | 'gpt-4o-mini-tts' | 'gpt-4o-mini-tts-2025-12-15';

/** The voices that the API brings. */
export type SpeechVoice =
  | 'alloy'
  | 'ash'
  | 'ballad'
  | 'coral'
  | 'echo'
  | 'sage'
  | 'shimmer'
  | 'verse'
  | 'marin'
  | 'cedar'
  | 'fable'
  | 'onyx'
  | 'nova';

/** What to say, and how. */
export interface SpeechCreateRequest {
  readonly model: SpeechModel | (string & {});
  /** Up to 4096 characters. */
  readonly input: string;
  /** A voice of the API, or one of your own by its id. */
  readonly voice: SpeechVoice | (string & {}) | { readonly id: string };
  /** How to say it. Not for `tts-1` and `tts-1-hd`. */
  readonly instructions?: string | undefined;
  /** @default 'mp3', by the API */
  readonly response_format?: 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm' | undefined;
  /** From 0.25 to 4. @default 1, by the API */
  readonly speed?: number | undefined;
  /** As audio, or as events that carry audio. Not `sse` for `tts-1` and `tts-1-hd`. @default 'audio', by the API */
  readonly stream_format?: 'sse' | 'audio' | undefined;
}

/** What to say, as events that carry audio. */
export interface SpeechStreamRequest extends SpeechCreateRequest {
  readonly stream_format: 'sse';
}

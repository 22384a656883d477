import type { Uploadable } from '@integrations/provider';
import type { AudioModel, AudioResponseFormat } from '../audio-format.ts';

/** How the server tells speech from silence. */
export interface TranscriptionVadConfig {
  readonly type: 'server_vad';
  /** Audio before the speech that is kept, in milliseconds. @default 300, by the API */
  readonly prefix_padding_ms?: number | undefined;
  /** Silence that ends a chunk, in milliseconds. @default 200, by the API */
  readonly silence_duration_ms?: number | undefined;
  /** How loud speech must be, from 0 to 1. @default 0.5, by the API */
  readonly threshold?: number | undefined;
}

/** What to make text of, and how. */
export interface TranscriptionCreateRequest<
  Format extends AudioResponseFormat | undefined = AudioResponseFormat | undefined,
> {
  /** The audio: flac, mp3, mp4, mpeg, mpga, m4a, ogg, wav or webm, by its name. */
  readonly file: Uploadable;
  readonly model: AudioModel | (string & {});
  /** How the audio is cut; needed for more than 30 seconds where speakers are told apart. */
  readonly chunking_strategy?: 'auto' | TranscriptionVadConfig | null | undefined;
  readonly include?: readonly 'logprobs'[] | undefined;
  /** Words to expect. */
  readonly keywords?: readonly string[] | undefined;
  readonly known_speaker_names?: readonly string[] | undefined;
  /** A sample of each of these speakers, as a data URL. */
  readonly known_speaker_references?: readonly string[] | undefined;
  /** ISO 639-1, such as `en`. */
  readonly language?: string | undefined;
  /** Languages that there may be. */
  readonly languages?: readonly string[] | undefined;
  /** What came before, or how it is to be written. */
  readonly prompt?: string | undefined;
  /** @default 'json', by the API */
  readonly response_format?: Format;
  readonly stream?: boolean | null | undefined;
  /** From 0 to 1. @default 0, by the API */
  readonly temperature?: number | undefined;
  /** For `verbose_json`. @default ['segment'], by the API */
  readonly timestamp_granularities?: readonly ('word' | 'segment')[] | undefined;
}

/** What to make text of, as a whole. */
export interface TranscriptionWholeRequest<
  Format extends AudioResponseFormat | undefined = AudioResponseFormat | undefined,
> extends TranscriptionCreateRequest<Format> {
  readonly stream?: false | null | undefined;
}

/** What to make text of, while it is listened to. */
export interface TranscriptionStreamRequest extends TranscriptionCreateRequest {
  readonly stream: true;
}

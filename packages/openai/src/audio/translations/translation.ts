import type { Uploadable } from '@integrations/provider';
import type { AudioModel, AudioResponseFormat } from '../audio-format.ts';
import type { TranscriptionSegment } from '../transcriptions/transcription.ts';

/** What a translation can come as. */
export type TranslationFormat = Exclude<AudioResponseFormat, 'diarized_json'>;

/** What to make English text of, and how. */
export interface TranslationCreateRequest<
  Format extends TranslationFormat | undefined = TranslationFormat | undefined,
> {
  /** The audio: flac, mp3, mp4, mpeg, mpga, m4a, ogg, wav or webm, by its name. */
  readonly file: Uploadable;
  /** `whisper-1` at present. */
  readonly model: AudioModel | (string & {});
  /** What came before, or how it is to be written; in English. */
  readonly prompt?: string | undefined;
  /** @default 'json', by the API */
  readonly response_format?: Format;
  /** From 0 to 1. @default 0, by the API */
  readonly temperature?: number | undefined;
}

/** What was said, in English. */
export interface Translation {
  text: string;
}

/** What was said, in English, and when. */
export interface TranslationVerbose {
  text: string;
  /** That of the text: `english`. */
  language: string;
  /** Seconds. */
  duration: number;
  segments?: TranscriptionSegment[];
}

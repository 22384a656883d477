import type { Transcription } from './transcription.ts';

/** A piece of the text. */
export interface TranscriptionTextDeltaEvent {
  type: 'transcription.text.delta';
  text: string;
}

/** The language that was heard. */
export interface TranscriptionLanguageEvent {
  type: 'transcription.language';
  /** Two letters, such as `en`. */
  audio_language: string;
}

/** A segment is complete. */
export interface TranscriptionSegmentEvent {
  type: 'transcription.segment';
  text: string;
  /** Seconds from the beginning, as `end` is. */
  start: number;
  end: number;
  speaker_id?: string | null;
}

/** The text is complete: the last event. */
export interface TranscriptionDoneEvent extends Transcription {
  type: 'transcription.done';
}

/** An event of a streamed transcription. Others may come, and pass as they are. */
export type TranscriptionStreamEvent =
  | TranscriptionTextDeltaEvent
  | TranscriptionLanguageEvent
  | TranscriptionSegmentEvent
  | TranscriptionDoneEvent;

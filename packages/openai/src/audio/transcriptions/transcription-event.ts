import type { AudioTokenUsage } from '../audio-usage.ts';
import type {
  TranscriptionDiarizedSegment,
  TranscriptionLanguage,
  TranscriptionLogprob,
} from './transcription.ts';

/** A piece of the text. */
export interface TranscriptionTextDeltaEvent {
  type: 'transcript.text.delta';
  delta: string;
  logprobs?: TranscriptionLogprob[];
  /** The segment that the piece is of, where speakers are told apart. */
  segment_id?: string;
}

/** A segment is complete. */
export type TranscriptionTextSegmentEvent = TranscriptionDiarizedSegment;

/** The text is complete: the last event. */
export interface TranscriptionTextDoneEvent {
  type: 'transcript.text.done';
  text: string;
  languages?: TranscriptionLanguage[];
  logprobs?: TranscriptionLogprob[];
  usage?: AudioTokenUsage;
}

/** An event of a streamed transcription. Others may come, and pass as they are. */
export type TranscriptionStreamEvent =
  | TranscriptionTextDeltaEvent
  | TranscriptionTextSegmentEvent
  | TranscriptionTextDoneEvent;

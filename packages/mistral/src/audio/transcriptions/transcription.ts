import type { AudioUsage } from '../audio-usage.ts';

/** A piece of what was said, or a word of it. */
export interface TranscriptionSegment {
  type?: 'transcription_segment';
  text: string;
  /** Seconds from the beginning, as `end` is. */
  start: number;
  end: number;
  score?: number | null;
  /** Where speakers are told apart. */
  speaker_id?: string | null;
}

/** What was said. */
export interface Transcription {
  model: string;
  text: string;
  /** Two letters, such as `en`; null where nobody can tell. */
  language: string | null;
  segments?: TranscriptionSegment[];
  usage: AudioUsage;
}

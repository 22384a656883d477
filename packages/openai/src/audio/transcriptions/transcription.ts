import type { AudioDurationUsage, AudioTokenUsage, AudioUsage } from '../audio-usage.ts';

/** How likely the model found a token. */
export interface TranscriptionLogprob {
  token?: string;
  bytes?: number[];
  logprob?: number;
}

/** A language that was heard. */
export interface TranscriptionLanguage {
  /** ISO 639-1, such as `en`. */
  code: string;
}

/** What was said. */
export interface Transcription {
  text: string;
  /** Of `gpt-transcribe`; empty where none could be told. */
  languages?: TranscriptionLanguage[];
  /** Where `include` asked for them. */
  logprobs?: TranscriptionLogprob[];
  usage?: AudioUsage;
}

/** A piece of a text, and how sure the model is of it. */
export interface TranscriptionSegment {
  id: number;
  seek: number;
  /** Seconds from the beginning, as `end` is. */
  start: number;
  end: number;
  text: string;
  tokens: number[];
  temperature: number;
  avg_logprob: number;
  compression_ratio: number;
  no_speech_prob: number;
}

/** A word, and when it was said. */
export interface TranscriptionWord {
  word: string;
  /** Seconds from the beginning, as `end` is. */
  start: number;
  end: number;
}

/** What was said, and when. */
export interface TranscriptionVerbose {
  text: string;
  language: string;
  /** Seconds. */
  duration: number;
  segments?: TranscriptionSegment[];
  words?: TranscriptionWord[];
  usage?: AudioDurationUsage;
}

/** What one of several people said. */
export interface TranscriptionDiarizedSegment {
  type: 'transcript.text.segment';
  id: string;
  /** A name that the request gave, or `A`, `B` and so on. */
  speaker: string;
  /** Seconds from the beginning, as `end` is. */
  start: number;
  end: number;
  text: string;
}

/** What was said, and by whom. */
export interface TranscriptionDiarized {
  task: 'transcribe';
  text: string;
  /** Seconds. */
  duration: number;
  segments: TranscriptionDiarizedSegment[];
  usage?: AudioTokenUsage | AudioDurationUsage;
}

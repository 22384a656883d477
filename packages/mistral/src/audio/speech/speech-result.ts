import type { AudioUsage } from '../audio-usage.ts';

/** A text, spoken. */
export interface SpeechResult {
  /** The sound, in base64. */
  audio_data: string;
}

/** A piece of the sound. */
export interface SpeechAudioDeltaEvent {
  type: 'speech.audio.delta';
  /** Base64. */
  audio_data: string;
}

/** The sound is complete: the last event. */
export interface SpeechAudioDoneEvent {
  type: 'speech.audio.done';
  usage: AudioUsage;
}

/** An event of streamed speech. Others may come, and pass as they are. */
export type SpeechStreamEvent = SpeechAudioDeltaEvent | SpeechAudioDoneEvent;

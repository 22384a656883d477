/** A piece of the audio. */
export interface SpeechAudioDeltaEvent {
  type: 'speech.audio.delta';
  /** Base64. */
  audio: string;
}

/** The audio is complete: the last event. */
export interface SpeechAudioDoneEvent {
  type: 'speech.audio.done';
  usage: { input_tokens: number; output_tokens: number; total_tokens: number };
}

/** An event of streamed speech. Others may come, and pass as they are. */
export type SpeechStreamEvent = SpeechAudioDeltaEvent | SpeechAudioDoneEvent;

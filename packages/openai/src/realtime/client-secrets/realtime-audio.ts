/** How audio is encoded. */
export type RealtimeAudioFormat =
  | {
      readonly type?: 'audio/pcm' | undefined;
      /** Samples a second. */
      readonly rate?: 24000 | undefined;
    }
  | { readonly type?: 'audio/pcmu' | undefined }
  | { readonly type?: 'audio/pcma' | undefined };

/** What is done about noise in the input. */
export interface RealtimeNoiseReduction {
  readonly strength?: number | undefined;
  /** Headphones, or a microphone in the room. */
  readonly type?: 'near_field' | 'far_field' | undefined;
}

/** How speech becomes text. */
export interface RealtimeTranscription {
  readonly model?: string | undefined;
  readonly delay?: 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | undefined;
  readonly keywords?: readonly string[] | undefined;
  /** ISO-639-1, such as `en`. */
  readonly language?: string | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly prompt?: string | undefined;
}

/** A turn ends when there is silence. */
export interface RealtimeServerVad {
  readonly type: 'server_vad';
  readonly create_response?: boolean | undefined;
  readonly idle_timeout_ms?: number | null | undefined;
  readonly interrupt_response?: boolean | undefined;
  readonly prefix_padding_ms?: number | undefined;
  readonly silence_duration_ms?: number | undefined;
  /** From 0 to 1: how loud speech is at least. */
  readonly threshold?: number | undefined;
}

/** A turn ends when a model thinks so. */
export interface RealtimeSemanticVad {
  readonly type: 'semantic_vad';
  readonly create_response?: boolean | undefined;
  readonly eagerness?: 'low' | 'medium' | 'high' | 'auto' | undefined;
  readonly interrupt_response?: boolean | undefined;
}

/** When a turn of the user ends. */
export type RealtimeTurnDetection = RealtimeServerVad | RealtimeSemanticVad;

/** What becomes of what the user says. */
export interface RealtimeAudioInput {
  readonly format?: RealtimeAudioFormat | undefined;
  readonly noise_reduction?: RealtimeNoiseReduction | undefined;
  readonly transcription?: RealtimeTranscription | undefined;
  readonly turn_detection?: RealtimeTurnDetection | null | undefined;
}

import type {
  RealtimeAudioFormat,
  RealtimeAudioInput,
  RealtimeNoiseReduction,
  RealtimeTranscription,
} from './realtime-audio.ts';
import type {
  RealtimeSessionFields,
  RealtimeSessionRequest,
  RealtimeTranscriptionSessionRequest,
} from './realtime-session-request.ts';

/** For how long, and for what, a secret is good. */
export interface ClientSecretRequest {
  readonly expires_after?:
    | {
        readonly anchor?: 'created_at' | undefined;
        /** From 10 to 7200. @default 600, by the API */
        readonly seconds?: number | undefined;
      }
    | undefined;
  /** What the sessions begin with that are opened by the secret. */
  readonly session?: RealtimeSessionRequest | RealtimeTranscriptionSessionRequest | undefined;
}

/** A session in which a model is talked with, as it will be. */
export interface RealtimeSession extends RealtimeSessionFields {
  id: string;
  object: 'realtime.session';
  audio?: {
    input?: RealtimeAudioInput;
    output?: { format?: RealtimeAudioFormat; speed?: number; voice?: string };
  };
  /** Seconds since 1970. */
  expires_at?: number;
}

/** A session in which speech becomes text, as it will be. */
export interface RealtimeTranscriptionSession {
  id: string;
  object: string;
  type: 'transcription';
  audio?: {
    input?: {
      format?: RealtimeAudioFormat;
      noise_reduction?: RealtimeNoiseReduction;
      transcription?: RealtimeTranscription;
      turn_detection?: {
        type?: string;
        prefix_padding_ms?: number;
        silence_duration_ms?: number;
        threshold?: number;
      } | null;
    };
  };
  /** Seconds since 1970. */
  expires_at?: number;
  include?: 'item.input_audio_transcription.logprobs'[];
}

/** A key for one user's device, which opens sessions for a short time. */
export interface ClientSecret {
  /** The key. Give it to the device and keep it nowhere. */
  value: string;
  /** Seconds since 1970. */
  expires_at: number;
  session: RealtimeSession | RealtimeTranscriptionSession;
}

import type { Uploadable } from '@integrations/provider';

/** What to make text of, and how. It has one of `file`, `file_url` and `file_id`. */
export interface TranscriptionRequest {
  readonly model: string;
  /** The sound. */
  readonly file?: Uploadable | null | undefined;
  /** Where the sound is. */
  readonly file_url?: string | null | undefined;
  /** Id of a file that was uploaded. */
  readonly file_id?: string | null | undefined;
  /** Two letters, such as `en`. @default what the model hears */
  readonly language?: string | null | undefined;
  readonly temperature?: number | null | undefined;
  /** Whether speakers are told apart. @default false, by the API */
  readonly diarize?: boolean | undefined;
  /** Words to expect; none has a space or a comma in it. */
  readonly context_bias?: readonly string[] | undefined;
  /** What to tell the times of. @default nothing, by the API */
  readonly timestamp_granularities?: readonly ('segment' | 'word')[] | undefined;
}

/** The request as it is sent. */
export interface TranscriptionWireRequest extends TranscriptionRequest {
  readonly stream?: true;
}

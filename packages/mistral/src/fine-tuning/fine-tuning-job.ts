/** Where a job stands. */
export type FineTuningJobStatus =
  | 'QUEUED'
  | 'STARTED'
  | 'VALIDATING'
  | 'VALIDATED'
  | 'RUNNING'
  | 'FAILED_VALIDATION'
  | 'FAILED'
  | 'SUCCESS'
  | 'CANCELLED'
  | 'CANCELLATION_REQUESTED';

/** How a model is trained. */
export interface FineTuningParameters {
  training_steps?: number | null;
  learning_rate?: number;
  weight_decay?: number | null;
  warmup_fraction?: number | null;
  epochs?: number | null;
  seq_len?: number | null;
  fim_ratio?: number | null;
}

/** Something that happened to a job. */
export interface FineTuningEvent {
  name: string;
  data?: Record<string, unknown> | null;
  created_at: number;
}

/** How good the model was at one point. */
export interface FineTuningCheckpoint {
  metrics: {
    train_loss?: number | null;
    valid_loss?: number | null;
    valid_mean_token_accuracy?: number | null;
  };
  step_number: number;
  created_at: number;
}

/** The training of a model. Times are seconds since 1970. */
export interface FineTuningJob {
  id: string;
  object?: 'job';
  job_type?: 'completion' | 'classifier';
  model: string;
  status: FineTuningJobStatus;
  auto_start?: boolean;
  created_at: number;
  modified_at?: number;
  hyperparameters?: FineTuningParameters;
  training_files?: string[];
  validation_files?: string[] | null;
  /** The model that came of it. */
  fine_tuned_model?: string | null;
  suffix?: string | null;
  integrations?:
    | { type?: string; project: string; name?: string | null; url?: string | null }[]
    | null;
  repositories?: { type?: string; name: string; owner: string; ref?: string | null }[];
  trained_tokens?: number | null;
  metadata?: Record<string, unknown> | null;
  /** Only where one job was asked for. */
  events?: FineTuningEvent[];
  /** Only where one job was asked for. */
  checkpoints?: FineTuningCheckpoint[];
}

/** A page of jobs. */
export interface FineTuningJobList {
  object?: 'list';
  data: FineTuningJob[];
  /** All that there are. */
  total: number;
}

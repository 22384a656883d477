import type { FineTuningIntegration, FineTuningMethod } from '../fine-tuning-method.ts';

/** Where a job stands. */
export type FineTuningJobStatus =
  | 'validating_files'
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

/** The training of a model. */
export interface FineTuningJob {
  id: string;
  object: 'fine_tuning.job';
  /** Seconds since 1970. */
  created_at: number;
  /** Seconds since 1970; null while the job runs. */
  finished_at: number | null;
  /** Seconds since 1970; null while the job does not run. */
  estimated_finish?: number | null;
  status: FineTuningJobStatus;
  /** Why the job failed. */
  error: { code: string; message: string; param: string | null } | null;
  /** The model that is trained. */
  model: string;
  /** The model that came of it; null until the job has succeeded. */
  fine_tuned_model: string | null;
  organization_id: string;
  /** Ids of files with the metrics of the training. */
  result_files: string[];
  training_file: string;
  validation_file: string | null;
  /** Tokens that are charged; null while the job runs. */
  trained_tokens: number | null;
  seed: number;
  /** For supervised jobs only. */
  hyperparameters: {
    batch_size?: 'auto' | number | null;
    learning_rate_multiplier?: 'auto' | number;
    n_epochs?: 'auto' | number;
  };
  method?: FineTuningMethod;
  integrations?: FineTuningIntegration[] | null;
  metadata?: Record<string, string> | null;
}

/** Something that happened to a job. */
export interface FineTuningJobEvent {
  id: string;
  object: 'fine_tuning.job.event';
  /** Seconds since 1970. */
  created_at: number;
  level: 'info' | 'warn' | 'error';
  message: string;
  type?: 'message' | 'metrics';
  /** The figures of a `metrics` event. */
  data?: unknown;
}

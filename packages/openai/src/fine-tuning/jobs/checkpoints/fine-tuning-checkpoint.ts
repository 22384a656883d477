/** A model as it was at a step of its training. */
export interface FineTuningCheckpoint {
  id: string;
  object: 'fine_tuning.job.checkpoint';
  /** Seconds since 1970. */
  created_at: number;
  fine_tuning_job_id: string;
  /** The name to use it by. */
  fine_tuned_model_checkpoint: string;
  step_number: number;
  metrics: {
    step?: number;
    train_loss?: number;
    train_mean_token_accuracy?: number;
    valid_loss?: number;
    valid_mean_token_accuracy?: number;
    full_valid_loss?: number;
    full_valid_mean_token_accuracy?: number;
  };
}

import type { SecretString } from '@integrations/types';
import type { FineTuningJobStatus, FineTuningParameters } from './fine-tuning-job.ts';

/** A file to train with. */
export interface TrainingFile {
  /** Id of a file with the purpose `fine-tune`. */
  readonly file_id: string;
  /** How much it counts against the others. @default 1, by the API */
  readonly weight?: number | undefined;
}

/** Where the job's figures are sent to. */
export interface WandbIntegration {
  readonly type?: 'wandb' | undefined;
  readonly project: string;
  /** The key of the account at Weights & Biases; no error and no log line shows it. */
  readonly api_key: string | SecretString;
  readonly name?: string | null | undefined;
  readonly run_name?: string | null | undefined;
}

/** A repository to train with. */
export interface GithubRepository {
  readonly type?: 'github' | undefined;
  readonly name: string;
  readonly owner: string;
  /** The token that may read it; no error and no log line shows it. */
  readonly token: string | SecretString;
  readonly ref?: string | null | undefined;
  readonly weight?: number | undefined;
}

/** What a classifier is to decide. */
export interface ClassifierTargetRequest {
  readonly name: string;
  readonly labels: readonly string[];
  readonly weight?: number | undefined;
  readonly loss_function?: 'single_class' | 'multi_class' | null | undefined;
}

/** A model to train. */
export interface FineTuningJobRequest {
  /** The model to begin with. */
  readonly model: string;
  readonly hyperparameters: FineTuningParameters;
  readonly training_files?: readonly TrainingFile[] | undefined;
  /** Ids of files to try the model on. */
  readonly validation_files?: readonly string[] | null | undefined;
  /** Goes into the name of the model. */
  readonly suffix?: string | null | undefined;
  readonly integrations?: readonly WandbIntegration[] | null | undefined;
  readonly repositories?: readonly GithubRepository[] | undefined;
  /** Whether training begins once the files are found right; else `start` begins it. */
  readonly auto_start?: boolean | undefined;
  readonly invalid_sample_skip_percentage?: number | undefined;
  /** @default 'completion', by the API */
  readonly job_type?: 'completion' | 'classifier' | null | undefined;
  readonly classifier_targets?: readonly ClassifierTargetRequest[] | null | undefined;
}

/** Which jobs to list. */
export interface FineTuningJobQuery {
  /** Counted from 0. @default 0, by the API */
  readonly page?: number | undefined;
  /** Jobs on a page. @default 100, by the API */
  readonly page_size?: number | undefined;
  readonly model?: string | undefined;
  /** Only jobs that are newer: a date and time as RFC 3339 has them. */
  readonly created_after?: string | undefined;
  /** Only jobs that are older. */
  readonly created_before?: string | undefined;
  /** Only jobs of the key's owner. @default false, by the API */
  readonly created_by_me?: boolean | undefined;
  readonly status?: FineTuningJobStatus | undefined;
  readonly wandb_project?: string | undefined;
  readonly wandb_name?: string | undefined;
  readonly suffix?: string | undefined;
}

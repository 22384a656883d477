import type {
  FineTuningIntegration,
  FineTuningMethod,
  Hyperparameters,
} from '../fine-tuning-method.ts';

/** What to train, and with what. */
export interface FineTuningJobRequest {
  readonly model: string;
  /** Id of a JSONL file with the purpose `fine-tune`. */
  readonly training_file: string;
  /** Id of such a file, with other examples. */
  readonly validation_file?: string | null | undefined;
  readonly method?: FineTuningMethod | undefined;
  /** @deprecated Use `method`. */
  readonly hyperparameters?: Hyperparameters | undefined;
  readonly integrations?: readonly FineTuningIntegration[] | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  /** The same seed and request give about the same model. */
  readonly seed?: number | null | undefined;
  /** Up to 64 characters for the name of the model that comes of it. */
  readonly suffix?: string | null | undefined;
}

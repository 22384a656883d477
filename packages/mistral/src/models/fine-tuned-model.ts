import type { ModelCapabilities } from './model.ts';

/** What is to be changed of a model; what is left out stays. */
export interface ModelUpdate {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** What models that came of fine-tuning have as such. */
interface TunedModel {
  id: string;
  object: 'model';
  /** Seconds since 1970. */
  created: number;
  owned_by: string;
  workspace_id: string;
  /** The model that was tuned. */
  root: string;
  root_version: string;
  archived: boolean;
  name?: string | null;
  description?: string | null;
  capabilities: ModelCapabilities;
  max_context_length?: number;
  aliases?: string[];
  /** The job that it came of. */
  job?: string | null;
}

/** A tuned model that answers in words. */
export interface TunedCompletionModel extends TunedModel {
  model_type: 'completion';
}

/** What a tuned classifier decides. */
export interface ClassifierTarget {
  name: string;
  labels: string[];
  weight: number;
  loss_function: string;
}

/** A tuned model that decides between labels. */
export interface TunedClassifierModel extends TunedModel {
  model_type: 'classifier';
  classifier_targets: ClassifierTarget[];
}

/** A model that came of fine-tuning, as it is after a change. */
export type FineTunedModel = TunedCompletionModel | TunedClassifierModel;

/** Whether a model is archived: it stays, but can't be used. */
export interface ModelArchival {
  id: string;
  object: 'model';
  archived: boolean;
}

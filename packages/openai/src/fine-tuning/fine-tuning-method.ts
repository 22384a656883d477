import type { Grader } from './grader.ts';

/** A number, or the API's own choice. */
type OrAuto = 'auto' | number;

/** How training goes, whatever the method. */
export interface Hyperparameters {
  /** Examples in each batch. */
  readonly batch_size?: OrAuto | undefined;
  readonly learning_rate_multiplier?: OrAuto | undefined;
  /** How often the whole data set is gone through. */
  readonly n_epochs?: OrAuto | undefined;
}

/** How training by preferences goes. */
export interface DpoHyperparameters extends Hyperparameters {
  /** Weight of the penalty for moving away from the model that is trained. */
  readonly beta?: OrAuto | undefined;
}

/** How training by grades goes. */
export interface ReinforcementHyperparameters extends Hyperparameters {
  /** How much is explored. */
  readonly compute_multiplier?: OrAuto | undefined;
  /** Training steps between evaluations. */
  readonly eval_interval?: OrAuto | undefined;
  readonly eval_samples?: OrAuto | undefined;
  readonly reasoning_effort?: 'default' | 'low' | 'medium' | 'high' | undefined;
}

/** The method of a job, with the settings of that method. */
export interface FineTuningMethod {
  readonly type: 'supervised' | 'dpo' | 'reinforcement';
  readonly supervised?: { readonly hyperparameters?: Hyperparameters | undefined } | undefined;
  readonly dpo?: { readonly hyperparameters?: DpoHyperparameters | undefined } | undefined;
  readonly reinforcement?:
    | {
        readonly grader: Grader;
        readonly hyperparameters?: ReinforcementHyperparameters | undefined;
      }
    | undefined;
}

/** Reports a job to Weights and Biases. */
export interface FineTuningIntegration {
  readonly type: 'wandb';
  readonly wandb: {
    readonly project: string;
    readonly entity?: string | null | undefined;
    readonly name?: string | null | undefined;
    readonly tags?: readonly string[] | undefined;
  };
}

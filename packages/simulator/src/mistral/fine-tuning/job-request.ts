import {
  anything,
  filledText,
  flag,
  list,
  nullable,
  number,
  oneOf,
  optional,
  readBody,
  record,
  text,
} from '../shape.ts';

/** What the simulator heeds of a job request; all else is checked and has no effect. */
export interface JobRequest {
  readonly model: string;
  readonly type: 'completion' | 'classifier';
  readonly hyperparameters: unknown;
  readonly trainingFiles: readonly string[];
  readonly validationFiles: readonly string[];
  readonly suffix: string | undefined;
  readonly integrations: readonly unknown[];
  readonly repositories: readonly unknown[];
  readonly autoStart: boolean;
}

const HYPERPARAMETERS = record(
  {
    training_steps: nullable(number({ from: 1 })),
    learning_rate: nullable(number({ from: 0, to: 1 })),
  },
  { open: true },
);
const INTEGRATION = record({
  type: optional(oneOf('wandb')),
  project: text,
  api_key: filledText,
  name: nullable(text),
  run_name: nullable(text),
});
const REPOSITORY = record({
  type: optional(oneOf('github')),
  name: text,
  owner: text,
  token: filledText,
  ref: nullable(text),
  weight: optional(number({ from: 0 })),
});

const SHAPE = record({
  model: filledText,
  hyperparameters: HYPERPARAMETERS,
  training_files: optional(
    list(record({ file_id: filledText, weight: optional(number({ from: 0 })) })),
  ),
  validation_files: nullable(list(filledText)),
  suffix: nullable(text),
  integrations: nullable(list(INTEGRATION)),
  repositories: optional(list(REPOSITORY)),
  auto_start: optional(flag),
  invalid_sample_skip_percentage: optional(number({ from: 0, to: 0.5 })),
  job_type: nullable(oneOf('completion', 'classifier')),
  classifier_targets: nullable(list(anything)),
});

/** Reads and checks the body of a job request. @throws RequestRefused 422 */
export function parseJobRequest(body: unknown): JobRequest {
  const given = readBody(SHAPE, body);
  return {
    model: given.model,
    type: given.job_type ?? 'completion',
    hyperparameters: given.hyperparameters,
    trainingFiles: (given.training_files ?? []).map(({ file_id: id }) => id),
    validationFiles: given.validation_files ?? [],
    suffix: given.suffix,
    // What opens the account or the repository is never shown again.
    integrations: (given.integrations ?? []).map(({ project, name, run_name }) => {
      return { type: 'wandb', project, name, run_name };
    }),
    repositories: (given.repositories ?? []).map(({ name, owner, ref, weight }) => {
      return { type: 'github', name, owner, ref, weight };
    }),
    autoStart: given.auto_start ?? true,
  };
}

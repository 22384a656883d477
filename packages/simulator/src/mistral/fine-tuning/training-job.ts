import type { Identifiers } from '../../identifiers.ts';
import { epochSeconds } from '../../wall-time.ts';
import { badRequest } from '../mistral-error.ts';
import { nextUuid } from '../uuid.ts';
import type { JobRequest } from './job-request.ts';

type JobStatus =
  | 'QUEUED'
  | 'VALIDATING'
  | 'VALIDATED'
  | 'RUNNING'
  | 'FAILED_VALIDATION'
  | 'SUCCESS'
  | 'CANCELLATION_REQUESTED'
  | 'CANCELLED';

interface JobEvent {
  readonly name: 'status-updated';
  readonly data: { readonly status: JobStatus };
  readonly created_at: number;
}

/** What a list shows of a job. */
interface ListedJob {
  readonly id: string;
  readonly model: string;
  readonly status: JobStatus;
  readonly suffix: string | null;
  readonly created_at: number;
}

/** A training file whose id begins so turns out to be invalid. */
const INVALID_FILE = 'invalid';
const TRAINED_TOKENS = 3000;
const CHECKPOINT_STEP = 10;

/** What comes after each stage when somebody looks. */
const NEXT: Readonly<Partial<Record<JobStatus, JobStatus>>> = {
  QUEUED: 'VALIDATING',
  VALIDATING: 'VALIDATED',
  RUNNING: 'SUCCESS',
  CANCELLATION_REQUESTED: 'CANCELLED',
};

/** The training of a model, which goes on by one stage at each look. */
export class TrainingJob {
  readonly id: string;
  readonly request: JobRequest;
  /** The id of the model that is to come of it. */
  readonly modelId: string;
  readonly #createdAt = epochSeconds();
  readonly #events: JobEvent[] = [];
  #status: JobStatus = 'QUEUED';

  constructor(request: JobRequest, identifiers: Identifiers) {
    this.id = nextUuid(identifiers, 'fine-tuning job');
    this.request = request;
    const kind = request.type === 'classifier' ? 'classifier:' : '';
    const suffix = request.suffix ?? '';
    this.modelId = `ft:${kind}${request.model}:simulator:${suffix}:${this.id.slice(0, 8)}`;
    this.#enter('QUEUED');
  }

  /** Whether the model is there. */
  get isDone(): boolean {
    return this.#status === 'SUCCESS';
  }

  /** Goes on by one stage; where the job ends, or waits to be started, nothing happens. */
  advance(): void {
    const { trainingFiles, autoStart } = this.request;
    const isInvalid = trainingFiles.some((id) => id.startsWith(INVALID_FILE));
    if (this.#status === 'VALIDATING' && isInvalid) this.#enter('FAILED_VALIDATION');
    else if (this.#status === 'VALIDATED' && autoStart) this.#enter('RUNNING');
    else this.#enter(NEXT[this.#status] ?? this.#status);
  }

  /** @throws RequestRefused 400 unless the files were found right and nothing has begun */
  start(): void {
    if (this.#status !== 'VALIDATED') throw this.#refuse('started');
    this.#enter('RUNNING');
  }

  /** @throws RequestRefused 400 when the job has ended */
  cancel(): void {
    if (NEXT[this.#status] === undefined && this.#status !== 'VALIDATED')
      throw this.#refuse('cancelled');
    this.#enter('CANCELLATION_REQUESTED');
  }

  /** As a list shows it. */
  get listed(): ListedJob {
    const { request } = this;
    const shown = {
      id: this.id,
      object: 'job',
      job_type: request.type,
      model: request.model,
      status: this.#status,
      auto_start: request.autoStart,
      created_at: this.#createdAt,
      modified_at: this.#events.at(-1)?.created_at ?? this.#createdAt,
      hyperparameters: request.hyperparameters,
      training_files: request.trainingFiles,
      validation_files: request.validationFiles,
      fine_tuned_model: this.isDone ? this.modelId : null,
      suffix: request.suffix ?? null,
      integrations: request.integrations,
      repositories: request.repositories,
      trained_tokens: this.isDone ? TRAINED_TOKENS : null,
      metadata: null,
    };
    return shown;
  }

  /** As it is shown alone: with what happened, the latest first, and how good the model was. */
  get detailed(): ListedJob {
    const metrics = { train_loss: 0.5, valid_loss: 0.6, valid_mean_token_accuracy: 0.7 };
    const checkpoint = { metrics, step_number: CHECKPOINT_STEP, created_at: this.#createdAt };
    const shown = {
      ...this.listed,
      events: this.#events.toReversed(),
      checkpoints: this.isDone ? [checkpoint] : [],
    };
    return shown;
  }

  #enter(status: JobStatus): void {
    if (status === this.#status && this.#events.length > 0) return;
    this.#status = status;
    this.#events.push({ name: 'status-updated', data: { status }, created_at: epochSeconds() });
  }

  #refuse(change: string): Error {
    return badRequest(`The job ${this.id} is ${this.#status} and cannot be ${change}.`);
  }
}

import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject } from '../../json-value.ts';
import { RequestRefused } from '../../refusal.ts';
import { epochSeconds } from '../../wall-time.ts';
import type { JobRequest } from './job-request.ts';

type JobStatus = 'validating_files' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Something that happened to a job. */
interface JobEvent {
  readonly id: string;
  readonly object: 'fine_tuning.job.event';
  readonly created_at: number;
  readonly level: 'info' | 'error';
  readonly type: 'message' | 'metrics';
  readonly message: string;
  readonly data: unknown;
}

/** A model as it was at a step of its training. */
interface JobCheckpoint {
  readonly id: string;
  readonly object: 'fine_tuning.job.checkpoint';
  readonly created_at: number;
  readonly fine_tuned_model_checkpoint: string;
  readonly fine_tuning_job_id: string;
  readonly step_number: number;
  readonly metrics: Readonly<Record<string, number>>;
}

const STEPS_PER_CHECKPOINT = 10;
const CHECKPOINTS = 3;
const TOKENS_PER_STEP = 100;
/** A training file whose id begins so turns out to be invalid. */
const INVALID_FILE = 'file-invalid';
const ENDED: ReadonlySet<JobStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/** The training of a model, which goes on by one stage at each poll. */
export class FineTuningJob {
  readonly id: string;
  /** Oldest first. */
  readonly events: JobEvent[] = [];
  /** Oldest first. */
  readonly checkpoints: JobCheckpoint[] = [];
  readonly request: JobRequest;
  readonly #identifiers: Identifiers;
  readonly #createdAt = epochSeconds();
  readonly #seed: number;
  readonly #name: string;
  #status: JobStatus = 'validating_files';
  #finishedAt: number | null = null;
  #isPaused = false;

  constructor(request: JobRequest, identifiers: Identifiers) {
    this.request = request;
    this.#identifiers = identifiers;
    this.id = `ftjob-${identifiers.next('ftjob', 24)}`;
    this.#seed = request.seed ?? Number.parseInt(identifiers.nextHex('fine-tuning seed', 7), 16);
    const suffix = request.suffix ?? '';
    this.#name = `ft:${request.model}:simulator:${suffix}:${identifiers.next('fine-tuned', 8)}`;
    this.#note(`Created fine-tuning job: ${this.id}`);
    this.#note(`Validating training file: ${request.trainingFile}`);
  }

  get status(): JobStatus {
    return this.#status;
  }

  /** The model that came of it. */
  get model(): string | undefined {
    return this.#status === 'succeeded' ? this.#name : undefined;
  }

  /** Goes on by one stage; where the job ends, or rests, nothing happens. */
  advance(): void {
    if (this.#isPaused) return;
    if (this.#status === 'validating_files') this.#endValidation();
    else if (this.#status === 'queued') this.#start();
    else if (this.#status === 'running') this.#train();
  }

  /** @throws RequestRefused 400 when the job has ended */
  cancel(): void {
    this.#requireOpen('cancelled');
    this.#end('cancelled', 'The job was cancelled');
  }

  /** @throws RequestRefused 400 when the job has ended */
  pause(): void {
    this.#requireOpen('paused');
    this.#isPaused = true;
    this.#status = 'queued';
    this.#note('The job was paused');
  }

  /** @throws RequestRefused 400 unless the job rests */
  resume(): void {
    if (!this.#isPaused) throw refuse(`Job ${this.id} is not paused.`);
    this.#isPaused = false;
    this.#note('The job was resumed');
  }

  /** As the API shows it. */
  get shown(): { readonly id: string; readonly metadata: unknown } {
    const { request } = this;
    const { supervised } = request.method;
    const shown = {
      id: this.id,
      object: 'fine_tuning.job',
      created_at: this.#createdAt,
      finished_at: this.#finishedAt,
      estimated_finish: null,
      status: this.#status,
      error: this.#failure,
      model: request.model,
      fine_tuned_model: this.model ?? null,
      organization_id: 'org-simulator',
      result_files: this.model === undefined ? [] : [`file-${this.id.slice('ftjob-'.length)}`],
      training_file: request.trainingFile,
      validation_file: request.validationFile,
      trained_tokens: this.model === undefined ? null : this.#steps * TOKENS_PER_STEP,
      seed: this.#seed,
      hyperparameters: isJsonObject(supervised) ? (supervised['hyperparameters'] ?? {}) : {},
      method: request.method,
      integrations: request.integrations,
      metadata: request.metadata,
    };
    return shown;
  }

  get #steps(): number {
    return this.checkpoints.length * STEPS_PER_CHECKPOINT;
  }

  get #failure(): unknown {
    if (this.#status !== 'failed') return null;
    return {
      code: 'invalid_training_file',
      message: 'The training file is not valid.',
      param: 'training_file',
    };
  }

  #endValidation(): void {
    if (this.request.trainingFile.startsWith(INVALID_FILE)) {
      this.#end('failed', 'The training file is not valid', 'error');
      return;
    }
    this.#status = 'queued';
    this.#note('Files validated, moving job to queued state');
  }

  #start(): void {
    this.#status = 'running';
    this.#note('Fine-tuning job started');
  }

  #train(): void {
    if (this.checkpoints.length < CHECKPOINTS) this.#reachCheckpoint();
    else {
      this.#note(`New fine-tuned model created: ${this.#name}`);
      this.#end('succeeded', 'The job has successfully completed');
    }
  }

  #reachCheckpoint(): void {
    const step = this.#steps + STEPS_PER_CHECKPOINT;
    const metrics = {
      step,
      train_loss: 1 / (1 + step),
      train_mean_token_accuracy: step / (1 + step),
    };
    this.checkpoints.push({
      id: `ftckpt_${this.#identifiers.next('checkpoint', 24)}`,
      object: 'fine_tuning.job.checkpoint',
      created_at: epochSeconds(),
      fine_tuned_model_checkpoint: `${this.#name}:ckpt-step-${step}`,
      fine_tuning_job_id: this.id,
      step_number: step,
      metrics,
    });
    this.#note(`Step ${step}: training loss=${metrics.train_loss.toFixed(2)}`, 'info', metrics);
  }

  #requireOpen(change: string): void {
    if (!ENDED.has(this.#status)) return;
    throw refuse(`Job ${this.id} has ${this.#status} and cannot be ${change}.`);
  }

  #end(status: JobStatus, message: string, level: JobEvent['level'] = 'info'): void {
    this.#status = status;
    this.#finishedAt = epochSeconds();
    this.#note(message, level);
  }

  #note(message: string, level: JobEvent['level'] = 'info', metrics?: object): void {
    this.events.push({
      id: `ftevent-${this.#identifiers.next('ftevent', 24)}`,
      object: 'fine_tuning.job.event',
      created_at: epochSeconds(),
      level,
      type: metrics === undefined ? 'message' : 'metrics',
      message,
      data: metrics ?? {},
    });
  }
}

function refuse(message: string): RequestRefused {
  return new RequestRefused({
    status: 400,
    message,
    type: 'invalid_request_error',
    code: 'invalid_job_state',
  });
}

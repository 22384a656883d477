import { answerWithin, type InnerProtocol } from '../../answer-within.ts';
import type { Identifiers } from '../../identifiers.ts';
import { parseJsonLines } from '../../json-lines.ts';
import type { FileShelf } from '../files/file-shelf.ts';
import { type JobInput, readJobLines } from './job-input.ts';
import type { JobRequest, JobStatus, StoredJob } from './stored-job.ts';

/** What batches are run with. */
export interface JobSettings {
  readonly identifiers: Identifiers;
  readonly files: FileShelf;
  /** All that the simulator answers, for the requests of batches. */
  readonly protocol: InnerProtocol;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** What became of one request. */
interface Output {
  readonly id: string;
  readonly custom_id: string | null;
  readonly response: { readonly status_code: number; readonly body: unknown };
  readonly error: null;
}

/** A batch that is run a step at a time. */
export class JobProgress {
  readonly job: StoredJob;
  readonly #settings: JobSettings;
  /** The requests that came with the batch; undefined where they are in files. */
  readonly #inline: readonly JobRequest[] | undefined;
  #outputs: readonly Output[] = [];
  #step: Promise<void> | undefined;

  constructor(job: StoredJob, settings: JobSettings, inline: readonly JobRequest[] | undefined) {
    this.job = job;
    this.#settings = settings;
    this.#inline = inline;
  }

  get id(): string {
    return this.job.id;
  }

  /** What became of the requests, so far. */
  get outputs(): readonly unknown[] {
    return this.#outputs;
  }

  /** Takes the next step, if there is one: running, ended. */
  async advance(): Promise<StoredJob> {
    this.#step ??= this.#advance().finally(() => {
      this.#step = undefined;
    });
    await this.#step;
    return this.job;
  }

  /** Stops a batch that has not ended. Of a running one half the requests are answered. */
  async cancel(): Promise<StoredJob> {
    await this.#step;
    const { job } = this;
    if (job.status === 'RUNNING') await this.#answer(0.5);
    if (job.status === 'QUEUED' || job.status === 'RUNNING') job.status = 'CANCELLATION_REQUESTED';
    return job;
  }

  async #advance(): Promise<void> {
    const { status } = this.job;
    if (status === 'QUEUED') this.#start();
    else if (status === 'RUNNING') await this.#run();
    else if (status === 'CANCELLATION_REQUESTED') this.#end('CANCELLED');
  }

  #start(): void {
    const { job } = this;
    const { requests, errors } = this.#input();
    job.started_at = this.#settings.now();
    job.total_requests = requests.length;
    if (errors.length === 0) {
      job.status = 'RUNNING';
      return;
    }
    job.errors = errors;
    this.#end('FAILED');
  }

  async #run(): Promise<void> {
    const isLate = this.job.metadata?.['simulator_outcome'] === 'TIMEOUT_EXCEEDED';
    await this.#answer(isLate ? 0.5 : 1);
    this.#end(isLate ? 'TIMEOUT_EXCEEDED' : 'SUCCESS');
  }

  #end(status: JobStatus): void {
    this.job.status = status;
    this.job.completed_at = this.#settings.now();
  }

  #input(): JobInput {
    if (this.#inline !== undefined) return { requests: this.#inline, errors: [] };
    const { files } = this.#settings;
    const contents = this.job.input_files.map((id) => files.require(id).content);
    return readJobLines(contents.flatMap((content) => parseJsonLines(content)));
  }

  /** Answers some of the requests, in reverse: the API promises no order. */
  async #answer(share: number): Promise<void> {
    const { requests } = this.#input();
    const outputs: Output[] = [];
    for (const request of requests.slice(0, Math.ceil(requests.length * share)).toReversed())
      outputs.push(await this.#output(request));
    this.#outputs = outputs;
    const { job } = this;
    const failed = outputs.filter(({ response }) => response.status_code !== 200);
    const succeeded = outputs.filter(({ response }) => response.status_code === 200);
    job.completed_requests = outputs.length;
    job.succeeded_requests = succeeded.length;
    job.failed_requests = failed.length;
    if (this.#inline !== undefined) return;
    job.output_file = this.#file('batch_result', succeeded);
    job.error_file = this.#file('batch_error', failed);
  }

  async #output({ customId, body }: JobRequest): Promise<Output> {
    const { endpoint, model, agent_id } = this.job;
    const { identifiers, protocol } = this.#settings;
    const { status, body: answer } = await answerWithin(protocol, endpoint, {
      ...body,
      ...(model === null ? {} : { model }),
      ...(agent_id === null ? {} : { agent_id }),
    });
    return {
      id: `batch-${identifiers.nextHex('batch_request', 32)}`,
      custom_id: customId,
      response: { status_code: status, body: answer },
      error: null,
    };
  }

  #file(result: 'batch_result' | 'batch_error', outputs: readonly Output[]): string | null {
    if (outputs.length === 0) return null;
    const content = Buffer.from(outputs.map((output) => `${JSON.stringify(output)}\n`).join(''));
    const filename = `${this.job.id}-${result}.jsonl`;
    const { id } = this.#settings.files.add({
      filename,
      mimetype: 'application/jsonl',
      content,
      purpose: 'batch',
      result,
    });
    return id;
  }
}

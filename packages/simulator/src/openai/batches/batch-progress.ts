import { parseFileExpiry } from '../files/file-expiry.ts';
import type { FileStore } from '../files/file-store.ts';
import { parseJsonLines } from '../../json-lines.ts';
import { batchLines, findBatchFaults } from './batch-line.ts';
import { type BatchResults, type BatchRunner, expiredLine, runLines } from './batch-run.ts';
import type { StoredBatch } from './stored-batch.ts';

/** What batches are run with. */
export interface BatchSettings extends BatchRunner {
  readonly files: FileStore;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** A batch that is run a step at a time. */
export class BatchProgress {
  readonly batch: StoredBatch;
  readonly #settings: BatchSettings;
  readonly #outputExpiresAfter: number | undefined;
  readonly #ends: 'completed' | 'expired';
  #step: Promise<void> | undefined;

  /** @throws RequestRefused 400 for a wrong `output_expires_after` */
  constructor(
    batch: StoredBatch,
    settings: BatchSettings,
    request: Readonly<Record<string, unknown>>,
  ) {
    this.batch = batch;
    this.#settings = settings;
    this.#outputExpiresAfter = parseFileExpiry(request, 'output_expires_after');
    this.#ends = batch.metadata?.['simulator_outcome'] === 'expired' ? 'expired' : 'completed';
  }

  get id(): string {
    return this.batch.id;
  }

  /** Takes the next step, if there is one: validating, in progress, finalizing, ended. */
  async advance(): Promise<StoredBatch> {
    this.#step ??= this.#advance().finally(() => {
      this.#step = undefined;
    });
    await this.#step;
    return this.batch;
  }

  /** Stops a batch that has not ended. Of one in progress half the lines are answered. */
  async cancel(): Promise<StoredBatch> {
    await this.#step;
    const { batch } = this;
    const wasRunning = batch.status === 'in_progress';
    batch.status = 'cancelling';
    batch.cancelling_at = this.#settings.now();
    if (wasRunning) this.#write(await this.#answer(0.5));
    return batch;
  }

  async #advance(): Promise<void> {
    const { status } = this.batch;
    if (status === 'validating') this.#validate();
    else if (status === 'in_progress') await this.#run();
    else if (status === 'finalizing') this.#end('completed');
    else if (status === 'cancelling') this.#end('cancelled');
  }

  #validate(): void {
    const { batch } = this;
    const faults = findBatchFaults(this.#input(), batch.endpoint);
    if (faults.length > 0) {
      batch.errors = { object: 'list', data: faults };
      return this.#end('failed');
    }
    batch.status = 'in_progress';
    batch.in_progress_at = this.#settings.now();
    batch.request_counts = { total: this.#input().length, completed: 0, failed: 0 };
  }

  async #run(): Promise<void> {
    const { batch } = this;
    if (this.#ends === 'expired') {
      const results = await this.#answer(0.5);
      const rest = batchLines(this.#input())
        .slice(this.#share(0.5))
        .map((line) => expiredLine(line, this.#settings.identifiers));
      this.#write({ ...results, failed: [...results.failed, ...rest] });
      return this.#end('expired');
    }
    this.#write(await this.#answer(1));
    batch.status = 'finalizing';
    batch.finalizing_at = this.#settings.now();
  }

  #end(status: 'completed' | 'expired' | 'cancelled' | 'failed'): void {
    this.batch.status = status;
    this.batch[`${status}_at`] = this.#settings.now();
  }

  #input(): ReturnType<typeof parseJsonLines> {
    return parseJsonLines(this.#settings.files.require(this.batch.input_file_id).content);
  }

  #share(share: number): number {
    return Math.ceil(this.#input().length * share);
  }

  #answer(share: number): Promise<BatchResults> {
    const { endpoint } = this.batch;
    return runLines(this.#settings, endpoint, batchLines(this.#input()), this.#share(share));
  }

  #write({ succeeded, failed, usage }: BatchResults): void {
    const { batch } = this;
    const { total } = batch.request_counts;
    batch.request_counts = { total, completed: succeeded.length, failed: failed.length };
    batch.usage = usage;
    if (succeeded.length > 0) batch.output_file_id = this.#file('output', succeeded);
    if (failed.length > 0) batch.error_file_id = this.#file('error', failed);
  }

  #file(kind: 'output' | 'error', lines: readonly string[]): string {
    const { id } = this.#settings.files.add({
      filename: `${this.batch.id}_${kind}.jsonl`,
      purpose: 'batch_output',
      content: Buffer.from(`${lines.join('\n')}\n`),
      expiresAfter: this.#outputExpiresAfter,
    });
    return id;
  }
}

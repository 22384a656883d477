import { JobFailedError, wholeOption } from '@integrations/errors';
import { mapConcurrent } from '@integrations/rate-limits';
import type { CallOptions } from '../call-options.ts';
import { callOptionsOf, type WaitOptions } from '../wait-for.ts';
import {
  type BatchedRequest,
  type BatchInput,
  type BatchInputRules,
  batchInputs,
  customIdsOf,
} from './batch-input.ts';
import type { BatchItem } from './batch-item.ts';
import { type BatchJob, type BatchSource, missingItem } from './batch-output.ts';

/** The calls that a process makes. */
export interface BatchCalls<Job extends BatchJob> {
  /** Uploads the requests of one batch. */
  upload(file: File, options: CallOptions): PromiseLike<{ readonly id: string }>;
  /** Begins to run the requests of a file. */
  create(fileId: string, options: CallOptions): PromiseLike<Job>;
  waitFor(batchId: string, options: WaitOptions<Job>): Promise<Job>;
  results(job: Job, options: CallOptions): AsyncIterable<BatchItem>;
}

/** How requests are processed in batches. `onProgress` is told of each batch, `maxWait` is for each. */
export interface BatchProcessOptions<Job extends BatchJob = BatchJob> extends WaitOptions<Job> {
  /** Batches that run at a time. @default 4 */
  readonly concurrency?: number | undefined;
}

/** How a provider has many requests answered. */
export interface BatchProcessPlan<Job extends BatchJob> {
  readonly calls: BatchCalls<Job>;
  readonly requests: readonly BatchedRequest[];
  readonly rules: BatchInputRules;
  /** Makes the source of a batch's results. */
  readonly sourceOf: (job: Job) => BatchSource;
  /** The status of a batch that could not be run at all. */
  readonly failedStatus: Job['status'];
}

const USUAL_CONCURRENCY = 4;
/** A full input file fits in at 3 Mbit/s. */
const UPLOAD_TIMEOUT = '10m';

/** One run of many requests, as one batch or several. */
class BatchProcess<Job extends BatchJob> {
  readonly #plan: BatchProcessPlan<Job>;
  readonly #wait: WaitOptions<Job>;
  readonly #concurrency: number;
  readonly #call: CallOptions;

  constructor(
    plan: BatchProcessPlan<Job>,
    { concurrency = USUAL_CONCURRENCY, ...wait }: BatchProcessOptions<Job>,
  ) {
    this.#plan = plan;
    this.#wait = wait;
    this.#concurrency = wholeOption('concurrency', concurrency, { least: 1 });
    this.#call = callOptionsOf(wait);
  }

  async run(): Promise<BatchItem[]> {
    const { signal } = this.#wait;
    const { requests, rules } = this.#plan;
    const customIds = customIdsOf(requests, rules.call);
    const parts = await mapConcurrent(
      batchInputs(requests, customIds, rules),
      this.#concurrency,
      (input, context) => this.#runBatch(input, context.signal),
      signal === undefined ? {} : { signal },
    );
    return parts.flat();
  }

  async #runBatch({ customIds, file }: BatchInput, signal: AbortSignal): Promise<BatchItem[]> {
    const { calls, sourceOf } = this.#plan;
    const call = { ...this.#call, signal };
    const timeout = call.timeout ?? UPLOAD_TIMEOUT;
    const { id: fileId } = await calls.upload(file, { ...call, timeout });
    const { id } = await calls.create(fileId, call);
    const job = await this.#settle(id, signal);
    const items = new Map<string, BatchItem>();
    for await (const item of calls.results(job, call)) items.set(item.custom_id, item);
    return customIds.map((customId) => items.get(customId) ?? missingItem(customId, sourceOf(job)));
  }

  /** A batch that has run out of time, or was cancelled, has answered some requests all the same. */
  async #settle(id: string, signal: AbortSignal): Promise<Job> {
    const { calls, failedStatus } = this.#plan;
    try {
      return await calls.waitFor(id, { ...this.#wait, signal });
    } catch (error) {
      if (!(error instanceof JobFailedError) || error.outcome === failedStatus) throw error;
      return error.job as Job;
    }
  }
}

/**
 * Has many requests answered: writes and uploads them, runs them as one batch or as
 * several, waits, and gives what became of each, in their order.
 *
 * @throws JobFailedError when a batch cannot be run at all.
 * @throws ValidationError when there are no requests, or two have one `custom_id`.
 * @throws ConfigurationError for an option that cannot be right.
 * @throws AbortedError, or the typed reason of the signal; the batches go on.
 */
export async function processBatches<Job extends BatchJob>(
  plan: BatchProcessPlan<Job>,
  options: BatchProcessOptions<Job>,
): Promise<BatchItem[]> {
  return new BatchProcess(plan, options).run();
}

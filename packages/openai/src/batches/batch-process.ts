import { JobFailedError, wholeOption } from '@integrations/errors';
import { type CallOptions, callOptionsOf, type WaitOptions } from '@integrations/provider';
import { mapConcurrent } from '@integrations/rate-limits';
import type { Files } from '../files/files.ts';
import type { Batch } from './batch.ts';
import { type BatchInput, batchInputs, customIdsOf } from './batch-input.ts';
import type { BatchItem } from './batch-item.ts';
import { missingItem } from './batch-output.ts';
import type { BatchCreateRequest, BatchEndpoint } from './batch-request.ts';
import type { BatchProcessRequest } from './batch-work.ts';

/** The calls that a process makes. */
export interface BatchCalls {
  create(request: BatchCreateRequest, options: CallOptions): PromiseLike<Batch>;
  waitFor(batchId: string, options: WaitOptions<Batch>): Promise<Batch>;
  results(batch: Batch, options: CallOptions): AsyncIterable<BatchItem>;
}

/** How requests are processed in batches. `onProgress` is told of each batch, `maxWait` is for each. */
export interface BatchProcessOptions extends WaitOptions<Batch> {
  /** Batches that run at a time. @default 4 */
  readonly concurrency?: number | undefined;
}

const USUAL_CONCURRENCY = 4;
/** A full input file fits in at 3 Mbit/s. */
const UPLOAD_TIMEOUT = '10m';

/** One run of many requests, as one batch or several. */
export class BatchProcess {
  readonly #batches: BatchCalls;
  readonly #files: Files;
  readonly #request: BatchProcessRequest<BatchEndpoint>;
  readonly #wait: WaitOptions<Batch>;
  readonly #concurrency: number;
  readonly #call: CallOptions;

  constructor(
    batches: BatchCalls,
    files: Files,
    request: BatchProcessRequest<BatchEndpoint>,
    { concurrency = USUAL_CONCURRENCY, ...wait }: BatchProcessOptions,
  ) {
    this.#batches = batches;
    this.#files = files;
    this.#request = request;
    this.#wait = wait;
    this.#concurrency = wholeOption('concurrency', concurrency, { least: 1 });
    this.#call = callOptionsOf(wait);
  }

  async run(): Promise<BatchItem[]> {
    const { signal } = this.#wait;
    const customIds = customIdsOf(this.#request);
    const parts = await mapConcurrent(
      batchInputs(this.#request, customIds),
      this.#concurrency,
      (input, context) => this.#runBatch(input, context.signal),
      signal === undefined ? {} : { signal },
    );
    return parts.flat();
  }

  async #runBatch({ customIds, file }: BatchInput, signal: AbortSignal): Promise<BatchItem[]> {
    const { id } = await this.#submit(file, { ...this.#call, signal });
    const batch = await this.#settle(id, signal);
    const items = new Map<string, BatchItem>();
    for await (const item of this.#batches.results(batch, { ...this.#call, signal }))
      items.set(item.custom_id, item);
    return customIds.map((customId) => items.get(customId) ?? missingItem(customId, batch));
  }

  async #submit(file: File, call: CallOptions): Promise<Batch> {
    const { endpoint, metadata, input_expires_after, output_expires_after } = this.#request;
    const { id } = await this.#files.create(
      {
        file,
        purpose: 'batch',
        ...(input_expires_after === undefined ? {} : { expires_after: input_expires_after }),
      },
      { ...call, timeout: call.timeout ?? UPLOAD_TIMEOUT },
    );
    return this.#batches.create(
      {
        completion_window: '24h',
        endpoint,
        input_file_id: id,
        ...(metadata === undefined ? {} : { metadata }),
        ...(output_expires_after === undefined ? {} : { output_expires_after }),
      },
      call,
    );
  }

  /** A batch that has run out of time, or was cancelled, has answered some requests all the same. */
  async #settle(id: string, signal: AbortSignal): Promise<Batch> {
    try {
      return await this.#batches.waitFor(id, { ...this.#wait, signal });
    } catch (error) {
      if (!(error instanceof JobFailedError) || error.outcome === 'failed') throw error;
      return error.job as Batch;
    }
  }
}

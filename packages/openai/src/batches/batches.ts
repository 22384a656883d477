import {
  AFTER_LAST_ITEM,
  type BatchItem,
  type CallOptions,
  type Caller,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  processBatches,
  readBatchItems,
  type ResponsePromise,
  type StreamOptions,
  validateWith,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../bracket-query.ts';
import type { CursorList, CursorQuery } from '../cursor-list.ts';
import { expirySchema } from '../files/file-schema.ts';
import type { Files } from '../files/files.ts';
import type { Batch } from './batch.ts';
import { batchProcess, type BatchProcessOptions, batchSource } from './batch-process.ts';
import type { BatchCreateRequest, BatchEndpoint } from './batch-request.ts';
import type { BatchAnswer, BatchProcessRequest } from './batch-work.ts';

const PATH = '/batches/{batch_id}';

const create: JsonEndpoint<BatchCreateRequest, Batch> = {
  operation: 'batches.create',
  method: 'POST',
  path: '/batches',
  resultKey: 'id',
  validate: validateWith('openai batches.create', () =>
    v.object({
      completion_window: v.literal('24h'),
      endpoint: v.pipe(v.string(), v.startsWith('/v1/')),
      input_file_id: v.pipe(v.string(), v.nonEmpty()),
      output_expires_after: v.optional(expirySchema()),
    }),
  ),
};

const retrieve: JsonEndpoint<undefined, Batch> = {
  operation: 'batches.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const list: ListEndpoint<Batch, CursorList<Batch>> = {
  operation: 'batches.list',
  method: 'GET',
  path: '/batches',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const cancel: JsonEndpoint<undefined, Batch> = {
  operation: 'batches.cancel',
  method: 'POST',
  path: `${PATH}/cancel`,
  resultKey: 'id',
};

const RUN: JobKind<Batch> = {
  call: 'openai batches.waitFor',
  succeeded: ['completed'],
  failed: ['failed', 'expired', 'cancelled'],
  reasonOf: describeErrors,
};

/** `/batches`: requests that are answered within a day, for less. */
export class Batches {
  readonly #caller: Caller;
  readonly #files: () => Files;

  /** @param files what batches read and write. */
  constructor(caller: Caller, files: () => Files) {
    this.#caller = caller;
    this.#files = files;
  }

  /** Runs the requests of a file. `POST /batches` */
  create(
    request: BatchCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Batch>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** How a batch stands. `GET /batches/{batch_id}` @throws NotFoundError */
  retrieve(batchId: string, options?: CallOptions): ResponsePromise<WithRequestId<Batch>> {
    return this.#caller.call(retrieve, { params: { batch_id: batchId } }, options);
  }

  /** All batches, newest first. `GET /batches` */
  list(
    query?: CursorQuery | null,
    options?: CallOptions,
  ): PagePromise<Batch, WithRequestId<CursorList<Batch>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, options);
  }

  /** Stops a batch; it keeps the answers that there are. `POST /batches/{batch_id}/cancel` @throws ConflictError when it has ended. */
  cancel(batchId: string, options?: CallOptions): ResponsePromise<WithRequestId<Batch>> {
    return this.#caller.call(cancel, { params: { batch_id: batchId } }, options);
  }

  /**
   * Waits until a batch has been completed.
   *
   * @throws JobFailedError when it fails, expires or is cancelled; its `job` is the batch,
   *   which may have results all the same.
   * @throws TotalTimeoutError after `maxWait`; the batch goes on.
   */
  waitFor(batchId: string, options?: WaitOptions<Batch>): Promise<Batch> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<Batch> => this.retrieve(batchId, call);
    return waitFor({ kind: RUN, id: batchId, clock, look }, options);
  }

  /**
   * What became of the requests of a batch that has ended, in no order: those that were
   * answered, then those that failed. Read from its files as they come.
   *
   * @throws InvalidJsonError for a line that is no JSON.
   */
  async *results<Answer = unknown>(
    batch: Batch,
    options?: StreamOptions,
  ): AsyncGenerator<BatchItem<Answer>, void, undefined> {
    for (const id of [batch.output_file_id, batch.error_file_id]) {
      if (id === undefined || id === null) continue;
      await using content = await this.#files().content(id, options);
      for await (const item of readBatchItems(content, batchSource(batch)))
        yield item as BatchItem<Answer>;
    }
  }

  /**
   * Has many requests answered: writes and uploads them, runs them as one batch or as
   * several, waits, and gives what became of each, in their order. A request that fails
   * fails alone: look at the `error` of each item.
   *
   * @throws JobFailedError when a batch cannot be run at all.
   * @throws ValidationError when there are no requests, or two have one `custom_id`.
   * @throws AbortedError: the waiting stops, and the batches go on; `onProgress` tells
   *   their ids.
   */
  async process<Endpoint extends BatchEndpoint>(
    request: BatchProcessRequest<Endpoint>,
    options: BatchProcessOptions = {},
  ): Promise<BatchItem<BatchAnswer<Endpoint>>[]> {
    const plan = batchProcess(this, this.#files(), request);
    return processBatches(plan, options) as Promise<BatchItem<BatchAnswer<Endpoint>>[]>;
  }
}

/** The first faults of the input; there may be one for each line. */
function describeErrors({ errors }: Batch): string | undefined {
  const faults = errors?.data ?? [];
  if (faults.length === 0) return undefined;
  const described = faults.slice(0, 3).map(({ line, message, code }) => {
    const where = line === null || line === undefined ? '' : `line ${line}: `;
    return `${where}${message ?? code ?? 'unknown'}`;
  });
  const more = faults.length > 3 ? ` And ${faults.length - 3} more.` : '';
  return `${described.join(' ')}${more}`;
}

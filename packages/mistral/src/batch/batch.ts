import {
  type BatchItem,
  byPageNumber,
  type CallOptions,
  type Caller,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  processBatches,
  type ResponsePromise,
  type StreamOptions,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import type { QueryParameters } from '@integrations/transport';
import type { Files } from '../files/files.ts';
import { jsonQuery } from '../json-query.ts';
import type { BatchError, BatchJob, BatchJobDeleted, BatchJobList } from './batch-job.ts';
import { batchProcess, type BatchProcessOptions } from './batch-process.ts';
import type {
  BatchCreateRequest,
  BatchEndpoint,
  BatchGetQuery,
  BatchQuery,
} from './batch-request.ts';
import { readResults } from './batch-results.ts';
import { validateBatch } from './batch-schema.ts';
import type { BatchAnswer, BatchProcessRequest } from './batch-work.ts';

const PATH = '/v1/batch/jobs/{job_id}';

const create: JsonEndpoint<BatchCreateRequest, BatchJob> = {
  operation: 'batch.create',
  method: 'POST',
  path: '/v1/batch/jobs',
  resultKey: 'id',
  validate: validateBatch,
};

const list: ListEndpoint<BatchJob, BatchJobList> = {
  operation: 'batch.list',
  method: 'GET',
  path: '/v1/batch/jobs',
  resultKey: 'total',
  pages: byPageNumber({ first: 0, pageSize: 100 }),
};

const get: JsonEndpoint<undefined, BatchJob> = {
  operation: 'batch.get',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const cancel: JsonEndpoint<undefined, BatchJob> = {
  operation: 'batch.cancel',
  method: 'POST',
  path: `${PATH}/cancel`,
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, BatchJobDeleted> = {
  operation: 'batch.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'id',
};

const RUN: JobKind<BatchJob> = {
  call: 'mistral batch.waitFor',
  succeeded: ['SUCCESS'],
  failed: ['FAILED', 'TIMEOUT_EXCEEDED', 'CANCELLED'],
  reasonOf: ({ errors }) => describeErrors(errors),
};

/** `/v1/batch/jobs`: many requests that are answered as time allows, for less. */
export class Batch {
  readonly #caller: Caller;
  readonly #files: () => Files;

  /** @param files what batches read and write. */
  constructor(caller: Caller, files: () => Files) {
    this.#caller = caller;
    this.#files = files;
  }

  /** Runs the requests of files, or those that come with it. `POST /v1/batch/jobs` */
  create(
    request: BatchCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<BatchJob>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** All batches, newest first. `GET /v1/batch/jobs` */
  list(
    query?: BatchQuery | null,
    options?: CallOptions,
  ): PagePromise<BatchJob, WithRequestId<BatchJobList>> {
    return this.#caller.list(list, { query: batchQuery(query) }, options);
  }

  /** How a batch stands. `GET /v1/batch/jobs/{job_id}` @throws NotFoundError */
  get(
    jobId: string,
    query?: BatchGetQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<BatchJob>> {
    return this.#caller.call(get, { params: { job_id: jobId }, query: jsonQuery(query) }, options);
  }

  /** Stops a batch; it keeps the answers that there are. `POST /v1/batch/jobs/{job_id}/cancel` @throws NotFoundError */
  cancel(jobId: string, options?: CallOptions): ResponsePromise<WithRequestId<BatchJob>> {
    return this.#caller.call(cancel, { params: { job_id: jobId } }, options);
  }

  /** Deletes a batch. `DELETE /v1/batch/jobs/{job_id}` @throws NotFoundError */
  delete(jobId: string, options?: CallOptions): ResponsePromise<WithRequestId<BatchJobDeleted>> {
    return this.#caller.call(remove, { params: { job_id: jobId } }, options);
  }

  /**
   * Waits until a batch has been run; single requests may have failed all the same.
   *
   * @throws JobFailedError when it fails, runs out of time or is cancelled; its `job` is
   *   the batch, which may have results all the same.
   * @throws TotalTimeoutError after `maxWait`; the batch goes on.
   */
  waitFor(jobId: string, options?: WaitOptions<BatchJob>): Promise<BatchJob> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<BatchJob> => this.get(jobId, null, call);
    return waitFor({ kind: RUN, id: jobId, clock, look }, options);
  }

  /**
   * What became of the requests of a batch that has ended, in no order: from its
   * `outputs`, or else from its files, read as they come. The API keeps them for a day.
   *
   * @throws InvalidJsonError for a line that is no JSON.
   */
  results<Answer = unknown>(
    job: BatchJob,
    options?: StreamOptions,
  ): AsyncGenerator<BatchItem<Answer>, void, undefined> {
    const getInline = (id: string): ResponsePromise<BatchJob> =>
      this.get(id, { inline: true }, options);
    const items = readResults(job, { files: this.#files(), getInline }, options);
    return items as AsyncGenerator<BatchItem<Answer>, void, undefined>;
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

/** The API takes each value of the metadata by its own name. */
function batchQuery(query: BatchQuery | null | undefined): QueryParameters {
  const { metadata, ...rest } = query ?? {};
  return { ...metadata, ...jsonQuery(rest) };
}

/** The first errors; there may be one for each request. */
function describeErrors(errors: readonly BatchError[] | undefined): string | undefined {
  if (errors === undefined || errors.length === 0) return undefined;
  const described = errors.slice(0, 3).map(({ message, count = 1 }) => {
    return count === 1 ? message : `${message} (${count} times)`;
  });
  const more = errors.length > 3 ? ` And ${errors.length - 3} more.` : '';
  return `${described.join('; ')}${more}`;
}

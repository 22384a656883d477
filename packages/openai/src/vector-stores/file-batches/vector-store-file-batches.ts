import { ValidationError, wholeOption } from '@integrations/errors';
import {
  AFTER_LAST_ITEM,
  type CallOptions,
  callOptionsOf,
  type Caller,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type Uploadable,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import { mapConcurrent } from '@integrations/rate-limits';
import { assistantsBeta } from '../../beta/assistants-beta.ts';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList } from '../../cursor-list.ts';
import type { Files } from '../../files/files.ts';
import type { InVectorStore } from '../files/vector-store-file-request.ts';
import type { VectorStoreFile } from '../files/vector-store-file.ts';
import { validateFileBatch } from '../vector-store-schema.ts';
import type {
  VectorStoreFileBatch,
  VectorStoreFileBatchQuery,
  VectorStoreFileBatchRequest,
  VectorStoreUpload,
} from './vector-store-file-batch.ts';

/** How files are uploaded and waited for. */
export interface UploadAndPollOptions extends WaitOptions<VectorStoreFileBatch> {
  /** Files that are uploaded at a time. @default 5 */
  readonly maxConcurrency?: number | undefined;
}

const USUAL_CONCURRENCY = 5;
const ALL = '/vector_stores/{vector_store_id}/file_batches';
const PATH = `${ALL}/{batch_id}`;

const create: JsonEndpoint<VectorStoreFileBatchRequest, VectorStoreFileBatch> = {
  operation: 'vector_stores.file_batches.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateFileBatch,
};

const retrieve: JsonEndpoint<undefined, VectorStoreFileBatch> = {
  operation: 'vector_stores.file_batches.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const cancel: JsonEndpoint<undefined, VectorStoreFileBatch> = {
  operation: 'vector_stores.file_batches.cancel',
  method: 'POST',
  path: `${PATH}/cancel`,
  resultKey: 'id',
};

const listFiles: ListEndpoint<VectorStoreFile, CursorList<VectorStoreFile>> = {
  operation: 'vector_stores.file_batches.list_files',
  method: 'GET',
  path: `${PATH}/files`,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const INDEXING: JobKind<VectorStoreFileBatch> = {
  call: 'openai vector_stores.file_batches.waitFor',
  succeeded: ['completed'],
  failed: ['failed', 'cancelled'],
  reasonOf: ({ file_counts: { failed, total } }) => `${failed} of ${total} files failed`,
  pollAfterHeader: 'openai-poll-after-ms',
};

/** The same, where its end is all that counts. */
const ENDING: JobKind<VectorStoreFileBatch> = {
  ...INDEXING,
  succeeded: ['completed', 'failed', 'cancelled'],
  failed: [],
};

/** `/vector_stores/{vector_store_id}/file_batches`. */
export class VectorStoreFileBatches {
  readonly #caller: Caller;
  readonly #files: () => Files;

  constructor(caller: Caller, files: () => Files) {
    this.#caller = caller;
    this.#files = files;
  }

  /** Adds up to 2000 files. `POST /vector_stores/{vector_store_id}/file_batches` */
  create(
    vectorStoreId: string,
    request: VectorStoreFileBatchRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFileBatch>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.call(create, { params, body: request }, assistantsBeta(options));
  }

  /** How a batch stands. `GET /vector_stores/{vector_store_id}/file_batches/{batch_id}` @throws NotFoundError */
  retrieve(
    batchId: string,
    store: InVectorStore,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFileBatch>> {
    const params = { ...store, batch_id: batchId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /** Leaves out what has not been processed. `POST /vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel` */
  cancel(
    batchId: string,
    store: InVectorStore,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFileBatch>> {
    const params = { ...store, batch_id: batchId };
    return this.#caller.call(cancel, { params }, assistantsBeta(options));
  }

  /** The files of a batch. `GET /vector_stores/{vector_store_id}/file_batches/{batch_id}/files` */
  listFiles(
    batchId: string,
    { vector_store_id, ...query }: VectorStoreFileBatchQuery,
    options?: CallOptions,
  ): PagePromise<VectorStoreFile, WithRequestId<CursorList<VectorStoreFile>>> {
    const params = { vector_store_id, batch_id: batchId };
    const request = { params, query: bracketQuery(query) };
    return this.#caller.list(listFiles, request, assistantsBeta(options));
  }

  /**
   * Waits until a batch has been processed. Some of its files may have failed: look at
   * its `file_counts`.
   *
   * @throws JobFailedError when all have, or it was cancelled; `job` is the batch.
   * @throws TotalTimeoutError after `maxWait`.
   */
  waitFor(
    batchId: string,
    store: InVectorStore,
    options?: WaitOptions<VectorStoreFileBatch>,
  ): Promise<VectorStoreFileBatch> {
    return this.#wait(INDEXING, batchId, store, options);
  }

  /** Waits until a batch has been processed, whatever has come of it: look at its `status`. */
  poll(
    vectorStoreId: string,
    batchId: string,
    options?: WaitOptions<VectorStoreFileBatch>,
  ): Promise<VectorStoreFileBatch> {
    return this.#wait(ENDING, batchId, { vector_store_id: vectorStoreId }, options);
  }

  /** `create`, then `poll`. */
  async createAndPoll(
    vectorStoreId: string,
    request: VectorStoreFileBatchRequest,
    options: WaitOptions<VectorStoreFileBatch> = {},
  ): Promise<VectorStoreFileBatch> {
    const { id } = await this.create(vectorStoreId, request, callOptionsOf(options));
    return this.poll(vectorStoreId, id, options);
  }

  /**
   * Uploads files for the purpose `assistants`, several at a time, and then
   * `createAndPoll`.
   *
   * @throws ValidationError when there are no files.
   */
  async uploadAndPoll(
    vectorStoreId: string,
    { files, fileIds = [] }: VectorStoreUpload<Uploadable>,
    { maxConcurrency = USUAL_CONCURRENCY, ...options }: UploadAndPollOptions = {},
  ): Promise<VectorStoreFileBatch> {
    if (files.length === 0) {
      throw new ValidationError(
        'openai vector_stores.file_batches.uploadAndPoll: `files` is empty; nothing was sent. Use createAndPoll() for files that are there already.',
        { issues: [{ path: 'files', message: 'must have at least one file' }] },
      );
    }
    const limit = wholeOption('maxConcurrency', maxConcurrency, { least: 1 });
    const call = callOptionsOf(options);
    const { signal } = options;
    const uploaded = await mapConcurrent(
      files,
      limit,
      (file, context) =>
        this.#files().create({ file, purpose: 'assistants' }, { ...call, signal: context.signal }),
      signal === undefined ? {} : { signal },
    );
    const file_ids = [...fileIds, ...uploaded.map(({ id }) => id)];
    return this.createAndPoll(vectorStoreId, { file_ids }, options);
  }

  #wait(
    kind: JobKind<VectorStoreFileBatch>,
    id: string,
    store: InVectorStore,
    options: WaitOptions<VectorStoreFileBatch> | undefined,
  ): Promise<VectorStoreFileBatch> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<VectorStoreFileBatch> =>
      this.retrieve(id, store, call);
    return waitFor({ kind, id, clock, look }, options);
  }
}

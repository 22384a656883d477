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
  SINGLE_PAGE,
  type Uploadable,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import { assistantsBeta } from '../../beta/assistants-beta.ts';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList } from '../../cursor-list.ts';
import type { Files } from '../../files/files.ts';
import { validateFile, validateFileUpdate } from '../vector-store-schema.ts';
import type {
  VectorStoreFile,
  VectorStoreFileContent,
  VectorStoreFileContentPage,
  VectorStoreFileDeleted,
} from './vector-store-file.ts';
import type {
  InVectorStore,
  VectorStoreFileQuery,
  VectorStoreFileRequest,
  VectorStoreFileUpdate,
} from './vector-store-file-request.ts';

const ALL = '/vector_stores/{vector_store_id}/files';
const PATH = `${ALL}/{file_id}`;

const create: JsonEndpoint<VectorStoreFileRequest, VectorStoreFile> = {
  operation: 'vector_stores.files.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateFile,
};

const retrieve: JsonEndpoint<undefined, VectorStoreFile> = {
  operation: 'vector_stores.files.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const update: JsonEndpoint<Omit<VectorStoreFileUpdate, 'vector_store_id'>, VectorStoreFile> = {
  operation: 'vector_stores.files.update',
  method: 'POST',
  path: PATH,
  resultKey: 'id',
  validate: validateFileUpdate,
};

const list: ListEndpoint<VectorStoreFile, CursorList<VectorStoreFile>> = {
  operation: 'vector_stores.files.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const remove: JsonEndpoint<undefined, VectorStoreFileDeleted> = {
  operation: 'vector_stores.files.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'deleted',
};

const content: ListEndpoint<VectorStoreFileContent, VectorStoreFileContentPage> = {
  operation: 'vector_stores.files.content',
  method: 'GET',
  path: `${PATH}/content`,
  resultKey: 'data',
  pages: SINGLE_PAGE,
};

const INDEXING: JobKind<VectorStoreFile> = {
  call: 'openai vector_stores.files.waitFor',
  succeeded: ['completed'],
  failed: ['failed', 'cancelled'],
  reasonOf: ({ last_error: error }) => error?.message,
  pollAfterHeader: 'openai-poll-after-ms',
};

/** The same, where its end is all that counts. */
const ENDING: JobKind<VectorStoreFile> = {
  ...INDEXING,
  succeeded: ['completed', 'failed', 'cancelled'],
  failed: [],
};

/** `/vector_stores/{vector_store_id}/files`. */
export class VectorStoreFiles {
  readonly #caller: Caller;
  readonly #files: () => Files;

  constructor(caller: Caller, files: () => Files) {
    this.#caller = caller;
    this.#files = files;
  }

  /** Adds a file; it can be searched when it has been processed. `POST /vector_stores/{vector_store_id}/files` */
  create(
    vectorStoreId: string,
    request: VectorStoreFileRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFile>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.call(create, { params, body: request }, assistantsBeta(options));
  }

  /** How a file stands. `GET /vector_stores/{vector_store_id}/files/{file_id}` @throws NotFoundError */
  retrieve(
    fileId: string,
    store: InVectorStore,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFile>> {
    const params = { ...store, file_id: fileId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /** Gives a file other attributes. `POST /vector_stores/{vector_store_id}/files/{file_id}` @throws NotFoundError */
  update(
    fileId: string,
    { vector_store_id, ...body }: VectorStoreFileUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFile>> {
    const params = { vector_store_id, file_id: fileId };
    return this.#caller.call(update, { params, body }, assistantsBeta(options));
  }

  /** The files of a vector store, newest first. `GET /vector_stores/{vector_store_id}/files` */
  list(
    vectorStoreId: string,
    query?: VectorStoreFileQuery | null,
    options?: CallOptions,
  ): PagePromise<VectorStoreFile, WithRequestId<CursorList<VectorStoreFile>>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, assistantsBeta(options));
  }

  /** Takes a file out; it is kept otherwise. `DELETE /vector_stores/{vector_store_id}/files/{file_id}` @throws NotFoundError */
  delete(
    fileId: string,
    store: InVectorStore,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreFileDeleted>> {
    const params = { ...store, file_id: fileId };
    return this.#caller.call(remove, { params }, assistantsBeta(options));
  }

  /** What the API has read in a file. `GET /vector_stores/{vector_store_id}/files/{file_id}/content` @throws NotFoundError */
  content(
    fileId: string,
    store: InVectorStore,
    options?: CallOptions,
  ): PagePromise<VectorStoreFileContent, WithRequestId<VectorStoreFileContentPage>> {
    const params = { ...store, file_id: fileId };
    return this.#caller.list(content, { params }, assistantsBeta(options));
  }

  /**
   * Waits until a file can be searched.
   *
   * @throws JobFailedError when it cannot be, or was cancelled; `job` is the file.
   * @throws TotalTimeoutError after `maxWait`.
   */
  waitFor(
    fileId: string,
    store: InVectorStore,
    options?: WaitOptions<VectorStoreFile>,
  ): Promise<VectorStoreFile> {
    return this.#wait(INDEXING, fileId, store, options);
  }

  /** Waits until a file has been processed, whatever has come of it: look at its `status`. */
  poll(
    vectorStoreId: string,
    fileId: string,
    options?: WaitOptions<VectorStoreFile>,
  ): Promise<VectorStoreFile> {
    return this.#wait(ENDING, fileId, { vector_store_id: vectorStoreId }, options);
  }

  /** `create`, then `poll`. */
  async createAndPoll(
    vectorStoreId: string,
    request: VectorStoreFileRequest,
    options: WaitOptions<VectorStoreFile> = {},
  ): Promise<VectorStoreFile> {
    const { id } = await this.create(vectorStoreId, request, callOptionsOf(options));
    return this.poll(vectorStoreId, id, options);
  }

  /** Uploads a file for the purpose `assistants`, and adds it. */
  async upload(
    vectorStoreId: string,
    file: Uploadable,
    options?: CallOptions,
  ): Promise<WithRequestId<VectorStoreFile>> {
    const { id } = await this.#files().create({ file, purpose: 'assistants' }, options);
    return this.create(vectorStoreId, { file_id: id }, options);
  }

  /** `upload`, then `poll`. */
  async uploadAndPoll(
    vectorStoreId: string,
    file: Uploadable,
    options: WaitOptions<VectorStoreFile> = {},
  ): Promise<VectorStoreFile> {
    const { id } = await this.upload(vectorStoreId, file, callOptionsOf(options));
    return this.poll(vectorStoreId, id, options);
  }

  #wait(
    kind: JobKind<VectorStoreFile>,
    id: string,
    store: InVectorStore,
    options: WaitOptions<VectorStoreFile> | undefined,
  ): Promise<VectorStoreFile> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<VectorStoreFile> =>
      this.retrieve(id, store, call);
    return waitFor({ kind, id, clock, look }, options);
  }
}

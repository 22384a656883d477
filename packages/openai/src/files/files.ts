import {
  AFTER_LAST_ITEM,
  type BinaryEndpoint,
  type BinaryResponse,
  type CallOptions,
  type Caller,
  FORM_BODY,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type StreamOptions,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../bracket-query.ts';
import type { CursorList } from '../cursor-list.ts';
import type { FileDeleted, FileObject } from './file-object.ts';
import type { FileCreateRequest, FileQuery } from './file-request.ts';
import { validateFile } from './file-schema.ts';

const PATH = '/files/{file_id}';

const create: JsonEndpoint<FileCreateRequest, FileObject> = {
  operation: 'files.create',
  method: 'POST',
  path: '/files',
  encoding: FORM_BODY,
  resultKey: 'id',
  validate: validateFile,
};

const retrieve: JsonEndpoint<undefined, FileObject> = {
  operation: 'files.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const list: ListEndpoint<FileObject, CursorList<FileObject>> = {
  operation: 'files.list',
  method: 'GET',
  path: '/files',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const remove: JsonEndpoint<undefined, FileDeleted> = {
  operation: 'files.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'deleted',
};

const content: BinaryEndpoint<undefined> = {
  operation: 'files.content',
  method: 'GET',
  path: `${PATH}/content`,
  accept: 'application/binary',
};

const PROCESSING: JobKind<FileObject> = {
  call: 'openai files.waitFor',
  succeeded: ['processed'],
  failed: ['error'],
  reasonOf: ({ status_details: details }) => details,
};

/** The same, where its end is all that counts. */
const ENDING: JobKind<FileObject> = {
  ...PROCESSING,
  succeeded: ['processed', 'error'],
  failed: [],
};

const LONGEST_PROCESSING = '30m';

/** `/files`. */
export class Files {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Uploads a file of up to 512 MB. `POST /files` */
  create(
    request: FileCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FileObject>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** What is known of a file. `GET /files/{file_id}` @throws NotFoundError when there is none, or it has expired. */
  retrieve(fileId: string, options?: CallOptions): ResponsePromise<WithRequestId<FileObject>> {
    return this.#caller.call(retrieve, { params: { file_id: fileId } }, options);
  }

  /** All files, newest first. `GET /files` */
  list(
    query?: FileQuery | null,
    options?: CallOptions,
  ): PagePromise<FileObject, WithRequestId<CursorList<FileObject>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, options);
  }

  /** Deletes a file, also from all vector stores. `DELETE /files/{file_id}` @throws NotFoundError */
  delete(fileId: string, options?: CallOptions): ResponsePromise<WithRequestId<FileDeleted>> {
    return this.#caller.call(remove, { params: { file_id: fileId } }, options);
  }

  /** The bytes of a file, as a whole or as they come. `GET /files/{file_id}/content` @throws NotFoundError */
  content(fileId: string, options?: StreamOptions): ResponsePromise<BinaryResponse> {
    return this.#caller.binary(content, { params: { file_id: fileId } }, options);
  }

  /**
   * Waits until a file has been processed.
   *
   * @throws JobFailedError when it cannot be; `job` is the file.
   * @throws TotalTimeoutError after `maxWait`.
   */
  waitFor(fileId: string, options?: WaitOptions<FileObject>): Promise<FileObject> {
    return this.#wait(PROCESSING, fileId, options);
  }

  /**
   * Waits until a file has been processed, whatever has come of it: look at its `status`.
   * `maxWait` is 30 minutes where it is left out.
   *
   * @throws TotalTimeoutError after `maxWait`.
   */
  waitForProcessing(fileId: string, options: WaitOptions<FileObject> = {}): Promise<FileObject> {
    const { maxWait = LONGEST_PROCESSING } = options;
    return this.#wait(ENDING, fileId, { ...options, maxWait });
  }

  #wait(
    kind: JobKind<FileObject>,
    id: string,
    options: WaitOptions<FileObject> | undefined,
  ): Promise<FileObject> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<FileObject> => this.retrieve(id, call);
    return waitFor({ kind, id, clock, look }, options);
  }
}

import {
  type BinaryEndpoint,
  type BinaryResponse,
  byPageNumber,
  type CallOptions,
  type Caller,
  FORM_BODY,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type StreamOptions,
  uploadableSchema,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { jsonQuery } from '../json-query.ts';
import type { FileDeleted, FileList, FileObject, SignedUrl } from './file-object.ts';
import type { FileQuery, FileUploadRequest, SignedUrlQuery } from './file-request.ts';

const PATH = '/v1/files/{file_id}';

const upload: JsonEndpoint<FileUploadRequest, FileObject> = {
  operation: 'files.upload',
  method: 'POST',
  path: '/v1/files',
  encoding: FORM_BODY,
  resultKey: 'id',
  validate: validateWith('mistral files.upload', () =>
    v.object({
      file: uploadableSchema(),
      purpose: v.optional(v.picklist(['fine-tune', 'batch', 'ocr'])),
      visibility: v.optional(v.picklist(['workspace', 'user'])),
      expiry: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    }),
  ),
};

const list: ListEndpoint<FileObject, FileList> = {
  operation: 'files.list',
  method: 'GET',
  path: '/v1/files',
  resultKey: 'data',
  pages: byPageNumber({ first: 0, pageSize: 100 }),
};

const retrieve: JsonEndpoint<undefined, FileObject> = {
  operation: 'files.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, FileDeleted> = {
  operation: 'files.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'deleted',
};

const download: BinaryEndpoint<undefined> = {
  operation: 'files.download',
  method: 'GET',
  path: `${PATH}/content`,
  accept: 'application/octet-stream',
};

const signedUrl: JsonEndpoint<undefined, SignedUrl> = {
  operation: 'files.signed_url',
  method: 'GET',
  path: `${PATH}/url`,
  resultKey: 'url',
};

/** `/v1/files`. */
export class Files {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Uploads a file of up to 512 MB. `POST /v1/files` */
  upload(
    request: FileUploadRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FileObject>> {
    return this.#caller.call(upload, { body: request }, options);
  }

  /** All files, newest first. `GET /v1/files` */
  list(
    query?: FileQuery | null,
    options?: CallOptions,
  ): PagePromise<FileObject, WithRequestId<FileList>> {
    return this.#caller.list(list, { query: jsonQuery(query) }, options);
  }

  /** What is known of a file. `GET /v1/files/{file_id}` @throws NotFoundError */
  retrieve(fileId: string, options?: CallOptions): ResponsePromise<WithRequestId<FileObject>> {
    return this.#caller.call(retrieve, { params: { file_id: fileId } }, options);
  }

  /** Deletes a file. `DELETE /v1/files/{file_id}` @throws NotFoundError */
  delete(fileId: string, options?: CallOptions): ResponsePromise<WithRequestId<FileDeleted>> {
    return this.#caller.call(remove, { params: { file_id: fileId } }, options);
  }

  /** The bytes of a file, as a whole or as they come. `GET /v1/files/{file_id}/content` @throws NotFoundError */
  download(fileId: string, options?: StreamOptions): ResponsePromise<BinaryResponse> {
    return this.#caller.binary(download, { params: { file_id: fileId } }, options);
  }

  /**
   * An address that anybody who has it can read the file at, until it expires.
   * `GET /v1/files/{file_id}/url`
   *
   * @throws NotFoundError
   */
  signedUrl(
    fileId: string,
    query?: SignedUrlQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<SignedUrl>> {
    return this.#caller.call(
      signedUrl,
      { params: { file_id: fileId }, query: jsonQuery(query) },
      options,
    );
  }
}

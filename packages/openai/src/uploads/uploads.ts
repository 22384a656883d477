import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { expirySchema, FILE_PURPOSES } from '../files/file-schema.ts';
import { FileUpload } from './file-upload.ts';
import { Parts } from './parts/parts.ts';
import type { Upload } from './upload.ts';
import type { UploadFileOptions, UploadFileRequest } from './upload-file-options.ts';
import type { UploadCompleteRequest, UploadCreateRequest } from './upload-request.ts';

const PATH = '/uploads/{upload_id}';

const LARGEST_BYTES = 8 * 1024 ** 3;

const create: JsonEndpoint<UploadCreateRequest, Upload> = {
  operation: 'uploads.create',
  method: 'POST',
  path: '/uploads',
  resultKey: 'id',
  validate: validateWith('openai uploads.create', () =>
    v.object({
      bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_BYTES)),
      filename: v.pipe(v.string(), v.nonEmpty()),
      mime_type: v.pipe(v.string(), v.nonEmpty()),
      purpose: v.picklist(FILE_PURPOSES),
      expires_after: v.optional(expirySchema()),
    }),
  ),
};

const complete: JsonEndpoint<UploadCompleteRequest, Upload> = {
  operation: 'uploads.complete',
  method: 'POST',
  path: `${PATH}/complete`,
  resultKey: 'id',
  validate: validateWith('openai uploads.complete', () =>
    v.object({
      part_ids: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.nonEmpty()),
      md5: v.optional(v.string()),
    }),
  ),
};

const cancel: JsonEndpoint<undefined, Upload> = {
  operation: 'uploads.cancel',
  method: 'POST',
  path: `${PATH}/cancel`,
  resultKey: 'id',
};

/** `/uploads`: files of up to 8 GB, in parts. */
export class Uploads {
  /** `/uploads/{upload_id}/parts`. */
  readonly parts: Parts;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.parts = new Parts(caller);
  }

  /** Begins an upload; its parts must come within an hour. `POST /uploads` */
  create(
    request: UploadCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Upload>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /**
   * Makes the file of the parts. `POST /uploads/{upload_id}/complete`
   *
   * @throws BadRequestError when they have other bytes than the upload was begun for.
   */
  complete(
    uploadId: string,
    request: UploadCompleteRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Upload>> {
    return this.#caller.call(complete, { params: { upload_id: uploadId }, body: request }, options);
  }

  /** Gives an upload up. `POST /uploads/{upload_id}/cancel` */
  cancel(uploadId: string, options?: CallOptions): ResponsePromise<WithRequestId<Upload>> {
    return this.#caller.call(cancel, { params: { upload_id: uploadId } }, options);
  }

  /**
   * Uploads a large file: begins an upload, sends its parts, several at a time, and
   * completes it. The answer's `file` is the file.
   *
   * @throws UploadIncompleteError once it was begun, whatever stopped it; what has been
   *   sent is not lost: pass its `resume`.
   * @throws ValidationError or ConfigurationError before anything is sent.
   */
  async uploadFile(request: UploadFileRequest, options: UploadFileOptions = {}): Promise<Upload> {
    return new FileUpload(this, request, options).run();
  }
}

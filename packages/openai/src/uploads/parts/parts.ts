import {
  type CallOptions,
  type Caller,
  FORM_BODY,
  type JsonEndpoint,
  type ResponsePromise,
  uploadableSchema,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { UploadPart } from '../upload.ts';
import type { PartCreateRequest } from '../upload-request.ts';

const create: JsonEndpoint<PartCreateRequest, UploadPart> = {
  operation: 'uploads.parts.create',
  method: 'POST',
  path: '/uploads/{upload_id}/parts',
  encoding: FORM_BODY,
  resultKey: 'id',
  validate: validateWith('openai uploads.parts.create', () =>
    v.object({ data: uploadableSchema() }),
  ),
};

/** `/uploads/{upload_id}/parts`. */
export class Parts {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Adds up to 64 MB; parts may come at the same time, and in any order. `POST /uploads/{upload_id}/parts` */
  create(
    uploadId: string,
    request: PartCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<UploadPart>> {
    return this.#caller.call(create, { params: { upload_id: uploadId }, body: request }, options);
  }
}

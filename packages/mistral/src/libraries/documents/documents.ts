import {
  type CallOptions,
  type Caller,
  type Endpoint,
  FORM_BODY,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import { BY_PAGINATION } from '../pagination.ts';
import type {
  LibraryDocument,
  DocumentPage,
  DocumentProcessing,
  DocumentStatus,
  DocumentText,
} from './document.ts';
import type {
  DocumentQuery,
  DocumentTextQuery,
  DocumentUpdateRequest,
  DocumentUploadRequest,
} from './document-request.ts';
import { validateDocument, validateDocumentUpdate } from './document-schema.ts';

const ALL = '/v1/libraries/{library_id}/documents';
const ONE = `${ALL}/{document_id}`;

const list: ListEndpoint<LibraryDocument, DocumentPage> = {
  operation: 'libraries.documents.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: BY_PAGINATION,
};

const upload: JsonEndpoint<DocumentUploadRequest, LibraryDocument> = {
  operation: 'libraries.documents.upload',
  method: 'POST',
  path: ALL,
  encoding: FORM_BODY,
  resultKey: 'id',
  validate: validateDocument,
};

const get: JsonEndpoint<undefined, LibraryDocument> = {
  operation: 'libraries.documents.get',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<DocumentUpdateRequest, LibraryDocument> = {
  operation: 'libraries.documents.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'id',
  validate: validateDocumentUpdate,
};

const remove: Endpoint<undefined> = {
  operation: 'libraries.documents.delete',
  method: 'DELETE',
  path: ONE,
};

const textContent: JsonEndpoint<undefined, DocumentText> = {
  operation: 'libraries.documents.text_content',
  method: 'GET',
  path: `${ONE}/text_content`,
  resultKey: 'text',
};

const status: JsonEndpoint<undefined, DocumentProcessing> = {
  operation: 'libraries.documents.status',
  method: 'GET',
  path: `${ONE}/status`,
  resultKey: 'process_status',
};

const signedUrl: Endpoint<undefined> = {
  operation: 'libraries.documents.signed_url',
  method: 'GET',
  path: `${ONE}/signed-url`,
};

const extractedTextSignedUrl: Endpoint<undefined> = {
  operation: 'libraries.documents.extracted_text_signed_url',
  method: 'GET',
  path: `${ONE}/extracted-text-signed-url`,
};

const reprocess: Endpoint<undefined> = {
  operation: 'libraries.documents.reprocess',
  method: 'POST',
  path: `${ONE}/reprocess`,
};

const PROCESSING: JobKind<LibraryDocument, DocumentStatus> = {
  call: 'mistral libraries.documents.waitFor',
  succeeded: ['done', 'noop', 'self_managed'],
  failed: ['error', 'missing_content'],
  statusOf: ({ process_status: processed }) => processed,
};

/** The parts of a path that name a document. */
function place(libraryId: string, documentId: string): { library_id: string; document_id: string } {
  return { library_id: libraryId, document_id: documentId };
}

/** `/v1/libraries/{library_id}/documents`. */
export class Documents {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The documents of a library, newest first. `GET /v1/libraries/{library_id}/documents` @throws NotFoundError */
  list(
    libraryId: string,
    query?: DocumentQuery | null,
    options?: CallOptions,
  ): PagePromise<LibraryDocument, WithRequestId<DocumentPage>> {
    const params = { library_id: libraryId };
    return this.#caller.list(list, { params, query: { ...query } }, options);
  }

  /** Adds a document; it can be found when it has been processed. `POST /v1/libraries/{library_id}/documents` @throws NotFoundError */
  upload(
    libraryId: string,
    request: DocumentUploadRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<LibraryDocument>> {
    return this.#caller.call(upload, { params: { library_id: libraryId }, body: request }, options);
  }

  /** What is known of a document. `GET /v1/libraries/{library_id}/documents/{document_id}` @throws NotFoundError */
  get(
    libraryId: string,
    documentId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<LibraryDocument>> {
    return this.#caller.call(get, { params: place(libraryId, documentId) }, options);
  }

  /** Changes name, attributes or expiry. `PATCH /v1/libraries/{library_id}/documents/{document_id}` @throws NotFoundError */
  update(
    libraryId: string,
    documentId: string,
    request: DocumentUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<LibraryDocument>> {
    const params = place(libraryId, documentId);
    return this.#caller.call(update, { params, body: request }, options);
  }

  /** Deletes a document. `DELETE /v1/libraries/{library_id}/documents/{document_id}` @throws NotFoundError */
  delete(libraryId: string, documentId: string, options?: CallOptions): ResponsePromise<void> {
    return this.#caller.callForNothing(remove, { params: place(libraryId, documentId) }, options);
  }

  /** What was read in a document. `GET /v1/libraries/{library_id}/documents/{document_id}/text_content` @throws NotFoundError */
  textContent(
    libraryId: string,
    documentId: string,
    query?: DocumentTextQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<DocumentText>> {
    const params = place(libraryId, documentId);
    return this.#caller.call(textContent, { params, query: { ...query } }, options);
  }

  /** How far the processing is. `GET /v1/libraries/{library_id}/documents/{document_id}/status` @throws NotFoundError */
  status(
    libraryId: string,
    documentId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<DocumentProcessing>> {
    return this.#caller.call(status, { params: place(libraryId, documentId) }, options);
  }

  /** An address that gives the document to anyone, for 30 minutes. `GET /v1/libraries/{library_id}/documents/{document_id}/signed-url` @throws NotFoundError */
  signedUrl(libraryId: string, documentId: string, options?: CallOptions): ResponsePromise<string> {
    return this.#caller.callForText(signedUrl, { params: place(libraryId, documentId) }, options);
  }

  /** An address that gives the text that was read to anyone. `GET /v1/libraries/{library_id}/documents/{document_id}/extracted-text-signed-url` @throws NotFoundError */
  extractedTextSignedUrl(
    libraryId: string,
    documentId: string,
    options?: CallOptions,
  ): ResponsePromise<string> {
    const params = place(libraryId, documentId);
    return this.#caller.callForText(extractedTextSignedUrl, { params }, options);
  }

  /** Processes a document once more, which costs once more. `POST /v1/libraries/{library_id}/documents/{document_id}/reprocess` @throws NotFoundError */
  reprocess(libraryId: string, documentId: string, options?: CallOptions): ResponsePromise<void> {
    const params = place(libraryId, documentId);
    return this.#caller.callForNothing(reprocess, { params }, options);
  }

  /**
   * Waits until a document has been processed.
   *
   * @throws JobFailedError when it cannot be; `job` is the document.
   * @throws TotalTimeoutError after `maxWait`.
   */
  waitFor(
    libraryId: string,
    documentId: string,
    options?: WaitOptions<LibraryDocument>,
  ): Promise<LibraryDocument> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<LibraryDocument> =>
      this.get(libraryId, documentId, call);
    return waitFor({ kind: PROCESSING, id: documentId, clock, look }, options);
  }
}

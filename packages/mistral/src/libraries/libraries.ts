import type {
  CallOptions,
  Caller,
  Endpoint,
  JsonEndpoint,
  ListEndpoint,
  PagePromise,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import { Accesses } from './accesses/accesses.ts';
import { Documents } from './documents/documents.ts';
import type { Library, LibraryPage } from './library.ts';
import type {
  LibraryCreateRequest,
  LibraryQuery,
  LibraryUpdateRequest,
} from './library-request.ts';
import { BY_PAGINATION } from './pagination.ts';
import { validateLibrary, validateLibraryUpdate } from './library-schema.ts';

const ALL = '/v1/libraries';
const ONE = `${ALL}/{library_id}`;

const create: JsonEndpoint<LibraryCreateRequest, Library> = {
  operation: 'libraries.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateLibrary,
};

const list: ListEndpoint<Library, LibraryPage> = {
  operation: 'libraries.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: BY_PAGINATION,
};

const get: JsonEndpoint<undefined, Library> = {
  operation: 'libraries.get',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<LibraryUpdateRequest, Library> = {
  operation: 'libraries.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'id',
  validate: validateLibraryUpdate,
};

const remove: Endpoint<undefined> = {
  operation: 'libraries.delete',
  method: 'DELETE',
  path: ONE,
};

/** `/v1/libraries`. */
export class Libraries {
  /** `/v1/libraries/{library_id}/documents`: what is in a library. */
  readonly documents: Documents;
  /** `/v1/libraries/{library_id}/share`: who may use a library. */
  readonly accesses: Accesses;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.documents = new Documents(caller);
    this.accesses = new Accesses(caller);
    this.#caller = caller;
  }

  /** Makes an empty library. `POST /v1/libraries` */
  create(
    request: LibraryCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Library>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** All libraries that the key may use. `GET /v1/libraries` */
  list(
    query?: LibraryQuery | null,
    options?: CallOptions,
  ): PagePromise<Library, WithRequestId<LibraryPage>> {
    return this.#caller.list(list, { query: { ...query } }, options);
  }

  /** What is known of a library. `GET /v1/libraries/{library_id}` @throws NotFoundError */
  get(libraryId: string, options?: CallOptions): ResponsePromise<WithRequestId<Library>> {
    return this.#caller.call(get, { params: { library_id: libraryId } }, options);
  }

  /** Changes name and description. `PATCH /v1/libraries/{library_id}` @throws NotFoundError */
  update(
    libraryId: string,
    request: LibraryUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Library>> {
    return this.#caller.call(update, { params: { library_id: libraryId }, body: request }, options);
  }

  /** Deletes a library with all its documents. `DELETE /v1/libraries/{library_id}` @throws NotFoundError */
  delete(libraryId: string, options?: CallOptions): ResponsePromise<void> {
    return this.#caller.callForNothing(remove, { params: { library_id: libraryId } }, options);
  }
}

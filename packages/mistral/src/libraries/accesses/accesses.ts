import {
  type CallOptions,
  type Caller,
  type Endpoint,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  type WithRequestId,
} from '@integrations/provider';
import type {
  LibraryAccess,
  LibraryAccessEntity,
  LibraryAccessList,
  LibraryAccessRequest,
} from './access.ts';
import { validateAccess, validateAccessEntity } from './access-schema.ts';

const PATH = '/v1/libraries/{library_id}/share';

const list: ListEndpoint<LibraryAccess, LibraryAccessList> = {
  operation: 'libraries.accesses.list',
  method: 'GET',
  path: PATH,
  resultKey: 'data',
  pages: SINGLE_PAGE,
};

const set: JsonEndpoint<LibraryAccessRequest, LibraryAccess> = {
  operation: 'libraries.accesses.set',
  method: 'PUT',
  path: PATH,
  resultKey: 'role',
  validate: validateAccess,
};

const remove: Endpoint<LibraryAccessEntity> = {
  operation: 'libraries.accesses.delete',
  method: 'DELETE',
  path: PATH,
  validate: validateAccessEntity,
};

/** `/v1/libraries/{library_id}/share`. */
export class Accesses {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Who may use a library, and how. `GET /v1/libraries/{library_id}/share` @throws NotFoundError */
  list(
    libraryId: string,
    options?: CallOptions,
  ): PagePromise<LibraryAccess, WithRequestId<LibraryAccessList>> {
    return this.#caller.list(list, { params: { library_id: libraryId } }, options);
  }

  /** Gives somebody an access, or another one. Only owners may. `PUT /v1/libraries/{library_id}/share` @throws NotFoundError */
  set(
    libraryId: string,
    request: LibraryAccessRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<LibraryAccess>> {
    return this.#caller.call(set, { params: { library_id: libraryId }, body: request }, options);
  }

  /** Takes an access away; an owner's stays. `DELETE /v1/libraries/{library_id}/share` @throws NotFoundError */
  delete(
    libraryId: string,
    entity: LibraryAccessEntity,
    options?: CallOptions,
  ): ResponsePromise<void> {
    return this.#caller.callForNothing(
      remove,
      { params: { library_id: libraryId }, body: entity },
      options,
    );
  }
}

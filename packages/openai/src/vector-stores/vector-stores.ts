import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  type WithRequestId,
} from '@integrations/provider';
import { assistantsBeta } from '../beta/assistants-beta.ts';
import { bracketQuery } from '../bracket-query.ts';
import type { CursorList, TwoWayCursorQuery } from '../cursor-list.ts';
import type { Files } from '../files/files.ts';
import { VectorStoreFileBatches } from './file-batches/vector-store-file-batches.ts';
import { VectorStoreFiles } from './files/vector-store-files.ts';
import type { VectorSearchPage, VectorSearchRequest, VectorSearchResult } from './vector-search.ts';
import type { VectorStore, VectorStoreDeleted } from './vector-store.ts';
import type { VectorStoreCreateRequest, VectorStoreUpdateRequest } from './vector-store-request.ts';
import { validateSearch, validateStore, validateStoreUpdate } from './vector-store-schema.ts';

const PATH = '/vector_stores/{vector_store_id}';

const create: JsonEndpoint<VectorStoreCreateRequest, VectorStore> = {
  operation: 'vector_stores.create',
  method: 'POST',
  path: '/vector_stores',
  resultKey: 'id',
  validate: validateStore,
};

const retrieve: JsonEndpoint<undefined, VectorStore> = {
  operation: 'vector_stores.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const update: JsonEndpoint<VectorStoreUpdateRequest, VectorStore> = {
  operation: 'vector_stores.update',
  method: 'POST',
  path: PATH,
  resultKey: 'id',
  validate: validateStoreUpdate,
};

const list: ListEndpoint<VectorStore, CursorList<VectorStore>> = {
  operation: 'vector_stores.list',
  method: 'GET',
  path: '/vector_stores',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const remove: JsonEndpoint<undefined, VectorStoreDeleted> = {
  operation: 'vector_stores.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'deleted',
};

const search: ListEndpoint<VectorSearchResult, VectorSearchPage, VectorSearchRequest> = {
  operation: 'vector_stores.search',
  method: 'POST',
  path: `${PATH}/search`,
  resultKey: 'data',
  pages: SINGLE_PAGE,
  validate: validateSearch,
};

/** `/vector_stores`: files that can be searched by meaning. */
export class VectorStores {
  /** `/vector_stores/{vector_store_id}/files`. */
  readonly files: VectorStoreFiles;
  /** `/vector_stores/{vector_store_id}/file_batches`. */
  readonly fileBatches: VectorStoreFileBatches;
  readonly #caller: Caller;

  /** @param files what vector stores are made of. */
  constructor(caller: Caller, files: () => Files) {
    this.#caller = caller;
    this.files = new VectorStoreFiles(caller, files);
    this.fileBatches = new VectorStoreFileBatches(caller, files);
  }

  /** Makes a vector store. `POST /vector_stores` */
  create(
    request: VectorStoreCreateRequest = {},
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStore>> {
    return this.#caller.call(create, { body: request }, assistantsBeta(options));
  }

  /** How a vector store stands. `GET /vector_stores/{vector_store_id}` @throws NotFoundError */
  retrieve(
    vectorStoreId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStore>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /** Changes what is given of a vector store. `POST /vector_stores/{vector_store_id}` @throws NotFoundError */
  update(
    vectorStoreId: string,
    request: VectorStoreUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStore>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.call(update, { params, body: request }, assistantsBeta(options));
  }

  /** All vector stores, newest first. `GET /vector_stores` */
  list(
    query?: TwoWayCursorQuery | null,
    options?: CallOptions,
  ): PagePromise<VectorStore, WithRequestId<CursorList<VectorStore>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, assistantsBeta(options));
  }

  /** Deletes a vector store, and none of its files. `DELETE /vector_stores/{vector_store_id}` @throws NotFoundError */
  delete(
    vectorStoreId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<VectorStoreDeleted>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.call(remove, { params }, assistantsBeta(options));
  }

  /** The parts of files that are nearest to a question, best first. `POST /vector_stores/{vector_store_id}/search` */
  search(
    vectorStoreId: string,
    request: VectorSearchRequest,
    options?: CallOptions,
  ): PagePromise<VectorSearchResult, WithRequestId<VectorSearchPage>> {
    const params = { vector_store_id: vectorStoreId };
    return this.#caller.list(search, { params, body: request }, assistantsBeta(options));
  }
}

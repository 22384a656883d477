import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { listPage } from '../list-page.ts';
import {
  missing,
  optionalInteger,
  optionalMetadata,
  requireObjectBody,
  wrongType,
  wrongValue,
} from '../request-fields.ts';
import { parseChunking } from './chunking.ts';
import type { StoredVectorStore, VectorStoreTraits } from './stored-vector-store.ts';
import { searchStore } from './vector-search.ts';
import { fileBatchRoutes } from './file-batch-routes.ts';
import { indexedFileRoutes } from './indexed-file-routes.ts';
import { VectorStoreShelf, type VectorStoreSettings } from './vector-store-shelf.ts';

const PATH = '/v1/vector_stores/{vector_store_id}';
const MOST_DAYS = 365;

/** /v1/vector_stores and what is below it. */
export function vectorStoreRoutes(settings: VectorStoreSettings): Route[] {
  const shelf = new VectorStoreShelf(settings);
  return [...storeRoutes(shelf), ...indexedFileRoutes(shelf), ...fileBatchRoutes(shelf)];
}

function storeRoutes(shelf: VectorStoreShelf): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/vector_stores',
      handle: ({ body: given }) => {
        const body = isJsonObject(given) ? given : {};
        const chunking = parseChunking(body);
        const ids = parseFileIds(body);
        const store = shelf.add(parseTraits(body, NEW_TRAITS));
        for (const file_id of ids) shelf.attach(store, { file_id }, chunking);
        return { kind: 'json', tokens: 0, body: store.shown };
      },
    },
    {
      method: 'GET',
      path: '/v1/vector_stores',
      handle: ({ query }) => {
        const shown = shelf.all.map((store) => store.shown);
        return { kind: 'json', tokens: 0, body: listPage(shown, query) };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => {
        const store = shelf.require(params['vector_store_id']);
        for (const file of store.files.all) file.process();
        return { kind: 'json', tokens: 0, body: store.shown };
      },
    },
    {
      method: 'POST',
      path: PATH,
      handle: ({ params, body }) => {
        const store = shelf.require(params['vector_store_id']);
        store.traits = parseTraits(requireObjectBody(body), store.traits);
        store.touch();
        return { kind: 'json', tokens: 0, body: store.shown };
      },
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = shelf.remove(params['vector_store_id']);
        const body = { id, object: 'vector_store.deleted', deleted: true };
        return { kind: 'json', tokens: 0, body };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/search`,
      handle: ({ params, body }) => {
        const store = requireLive(shelf.require(params['vector_store_id']));
        const found = searchStore(store, requireObjectBody(body));
        store.touch();
        return { kind: 'json', tokens: 0, body: found };
      },
    },
  ];
}

const NEW_TRAITS: VectorStoreTraits = {
  name: '',
  description: undefined,
  metadata: null,
  expiresAfterDays: undefined,
};

function requireLive(store: StoredVectorStore): StoredVectorStore {
  if (!store.isExpired) return store;
  throw new RequestRefused({
    status: 400,
    message: `Vector store ${store.id} has expired.`,
    type: 'invalid_request_error',
    code: null,
  });
}

function parseTraits(body: JsonObject, before: VectorStoreTraits): VectorStoreTraits {
  return {
    name: optionalText(body, 'name') ?? before.name,
    description: optionalText(body, 'description') ?? before.description,
    metadata: body['metadata'] === undefined ? before.metadata : optionalMetadata(body),
    expiresAfterDays:
      body['expires_after'] === undefined ? before.expiresAfterDays : parseExpiry(body),
  };
}

function optionalText(body: JsonObject, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'a string', value);
}

function parseExpiry(body: JsonObject): number | undefined {
  const given = body['expires_after'];
  if (given === null) return undefined;
  if (!isJsonObject(given)) throw wrongType('expires_after', 'an object', given);
  if (given['anchor'] !== 'last_active_at') {
    const param = 'expires_after.anchor';
    throw wrongValue(param, `'${param}' must be last_active_at.`);
  }
  const days = optionalInteger(given, 'days', { from: 1, to: MOST_DAYS });
  if (days !== undefined) return days;
  throw missing('expires_after.days');
}

function parseFileIds(body: JsonObject): string[] {
  const ids = body['file_ids'] ?? [];
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw wrongType('file_ids', 'an array of strings', ids);
}

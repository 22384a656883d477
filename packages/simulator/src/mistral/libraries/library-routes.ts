import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { createdReply, jsonReply } from '../../reply.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { isoTime } from '../../wall-time.ts';
import { queryInteger } from '../list-page.ts';
import {
  filledText,
  integer,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
  text,
} from '../shape.ts';
import type { SignedUrls } from '../signed-urls.ts';
import { pathUuid } from '../uuid.ts';
import { accessRoutes } from './access-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { pagination } from './pagination.ts';
import { libraryObject, makeLibrary, type StoredLibrary } from './stored-library.ts';

const ALL = '/v1/libraries';
const ONE = `${ALL}/{library_id}`;
const USUAL_SIZE = 100;

const NEW = record({
  name: filledText,
  description: nullable(text),
  chunk_size: nullable(integer({ from: 256, to: 32_768 })),
  owner_type: nullable(oneOf('User', 'Workspace')),
});

const CHANGE = record({ name: optional(filledText), description: nullable(text) });

/** /v1/libraries and what is below it. */
export function libraryRoutes(identifiers: Identifiers, urls: SignedUrls): Route[] {
  const libraries = new StoredObjects<StoredLibrary>('library');
  const find = (params: Readonly<Record<string, string>>): StoredLibrary =>
    libraries.require(pathUuid(params, 'library_id'));
  return [
    {
      method: 'POST',
      path: ALL,
      handle: ({ body }) => {
        const { name, description, chunk_size: chunkSize, owner_type } = readBody(NEW, body);
        const ownerType = owner_type ?? 'Workspace';
        const library = makeLibrary(identifiers, { name, description, chunkSize, ownerType });
        return createdReply(libraryObject(libraries.add(library)));
      },
    },
    {
      method: 'GET',
      path: ALL,
      handle: ({ query }) => jsonReply(libraryPage(libraries.all.toReversed(), query)),
    },
    { method: 'GET', path: ONE, handle: ({ params }) => jsonReply(libraryObject(find(params))) },
    ...(['PATCH', 'PUT'] as const).map((method): Route => ({
      method,
      path: ONE,
      handle: ({ params, body }) => {
        const library = find(params);
        const { name, description } = readBody(CHANGE, body);
        library.name = name ?? library.name;
        library.description = description ?? library.description;
        library.updatedAt = isoTime();
        return jsonReply(libraryObject(library));
      },
    })),
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => jsonReply(libraryObject(libraries.remove(find(params).id))),
    },
    ...documentRoutes(find, identifiers, urls),
    ...accessRoutes(find),
  ];
}

/** A page by token, or else by number. The token is the number of the first library. */
function libraryPage(all: readonly StoredLibrary[], query: URLSearchParams): object {
  const search = (query.get('search') ?? '').toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(search));
  const size = queryInteger(query, 'page_size', { from: 1, to: 100 }) ?? USUAL_SIZE;
  const page = queryInteger(query, 'page', { from: 0 }) ?? 0;
  const token = queryInteger(query, 'page_token', { from: 0 });
  const first = token ?? page * size;
  const end = first + size;
  return {
    data: found.slice(first, end).map(libraryObject),
    next_page_token: end < found.length ? String(end) : null,
    ...(token === undefined ? { pagination: pagination(found.length, page, size) } : {}),
  };
}

import type { Route } from '../../protocol.ts';
import { listPage } from '../list-page.ts';
import { requireObjectBody } from '../request-fields.ts';
import type { IndexedFile } from './indexed-file.ts';
import { parseAttributes, type VectorStoreShelf } from './vector-store-shelf.ts';

const PATH = '/v1/vector_stores/{vector_store_id}/files';

/** The files of a vector store. */
export function indexedFileRoutes(shelf: VectorStoreShelf): Route[] {
  const requireFile = (params: Readonly<Record<string, string>>): IndexedFile =>
    shelf.require(params['vector_store_id']).files.require(params['file_id']);
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ params, body }) => {
        const store = shelf.require(params['vector_store_id']);
        const file = shelf.attach(store, requireObjectBody(body));
        return { kind: 'json', tokens: 0, body: file.shown };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params, query }) => {
        const { files } = shelf.require(params['vector_store_id']);
        return { kind: 'json', tokens: 0, body: listFiles(files.all, query) };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{file_id}`,
      handle: ({ params }) => {
        const file = requireFile(params);
        file.process();
        return { kind: 'json', tokens: 0, body: file.shown };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{file_id}`,
      handle: ({ params, body }) => {
        const file = requireFile(params);
        file.attributes = parseAttributes(requireObjectBody(body));
        return { kind: 'json', tokens: 0, body: file.shown };
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{file_id}`,
      handle: ({ params }) => {
        const { id } = shelf.require(params['vector_store_id']).files.remove(params['file_id']);
        const body = { id, object: 'vector_store.file.deleted', deleted: true };
        return { kind: 'json', tokens: 0, body };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{file_id}/content`,
      handle: ({ params }) => {
        const file = requireFile(params);
        file.process();
        const data = file.chunks.map(({ text }) => ({ type: 'text', text }));
        const object = 'vector_store.file_content.page';
        const body = { object, data, has_more: false, next_page: null };
        return { kind: 'json', tokens: 0, body };
      },
    },
  ];
}

/** A page of files that stand as the query's `filter` says. */
export function listFiles(
  files: readonly IndexedFile[],
  query: URLSearchParams,
): ReturnType<typeof listPage<IndexedFile['shown']>> {
  const filter = query.get('filter');
  const wanted = files.filter(({ status }) => filter === null || status === filter);
  return listPage(
    wanted.map((file) => file.shown),
    query,
  );
}

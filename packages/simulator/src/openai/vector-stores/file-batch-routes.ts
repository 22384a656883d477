import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { missing, requireObjectBody, wrongType, wrongValue } from '../request-fields.ts';
import { FileBatch } from './file-batch.ts';
import { listFiles } from './indexed-file-routes.ts';
import type { VectorStoreShelf } from './vector-store-shelf.ts';

const MOST_FILES = 2000;
const ALL = '/v1/vector_stores/{vector_store_id}/file_batches';
const PATH = `${ALL}/{batch_id}`;

/** Files that are added to a vector store together. Each look at a batch takes it one step further. */
export function fileBatchRoutes(shelf: VectorStoreShelf): Route[] {
  const requireBatch = (params: Readonly<Record<string, string>>): FileBatch =>
    shelf.require(params['vector_store_id']).batches.require(params['batch_id']);
  return [
    {
      method: 'POST',
      path: ALL,
      handle: ({ params, body }) => {
        const { identifiers, now } = shelf.settings;
        const store = shelf.require(params['vector_store_id']);
        const files = parseFiles(requireObjectBody(body)).map((file) => shelf.attach(store, file));
        const id = `vsfb_${identifiers.nextHex('file_batch', 32)}`;
        const batch = store.batches.add(new FileBatch(id, store.id, files, now()));
        return { kind: 'json', tokens: 0, body: batch.shown };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => {
        const batch = requireBatch(params);
        batch.advance();
        return { kind: 'json', tokens: 0, body: batch.shown };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/cancel`,
      handle: ({ params }) => {
        const batch = requireBatch(params);
        batch.cancel();
        return { kind: 'json', tokens: 0, body: batch.shown };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/files`,
      handle: ({ params, query }) => ({
        kind: 'json',
        tokens: 0,
        body: listFiles(requireBatch(params).files, query),
      }),
    },
  ];
}

/** Either `files`, each with its own settings, or `file_ids` with those of the request. */
function parseFiles(body: JsonObject): JsonObject[] {
  const { file_ids: ids, files, ...shared } = body;
  if (ids !== undefined && files !== undefined)
    throw wrongValue('files', "'files' and 'file_ids' cannot both be set.");
  const given: unknown = files ?? ids;
  if (given === undefined) throw missing('file_ids');
  const name = files === undefined ? 'file_ids' : 'files';
  if (!Array.isArray(given)) throw wrongType(name, 'an array', given);
  if (given.length === 0 || given.length > MOST_FILES)
    throw wrongValue(name, `'${name}' must have from 1 to ${MOST_FILES} files.`);
  return given.map((file: unknown, index) => {
    if (typeof file === 'string') return { ...shared, file_id: file };
    if (isJsonObject(file)) return file;
    throw wrongType(`${name}[${index}]`, files === undefined ? 'a string' : 'an object', file);
  });
}

import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { FileStore } from '../files/file-store.ts';
import { requireText, wrongType } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { type Chunking, parseChunking } from './chunking.ts';
import { IndexedFile } from './indexed-file.ts';
import { StoredVectorStore, type VectorStoreTraits } from './stored-vector-store.ts';

/** What vector stores are made with. */
export interface VectorStoreSettings {
  readonly identifiers: Identifiers;
  readonly files: FileStore;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** The vector stores of one simulator. */
export class VectorStoreShelf {
  readonly settings: VectorStoreSettings;
  readonly #stores = new StoredObjects<StoredVectorStore>('vector store');

  constructor(settings: VectorStoreSettings) {
    this.settings = settings;
  }

  get all(): readonly StoredVectorStore[] {
    return this.#stores.all;
  }

  add(traits: VectorStoreTraits): StoredVectorStore {
    const { identifiers, now } = this.settings;
    const id = `vs_${identifiers.nextHex('vector_store', 32)}`;
    return this.#stores.add(new StoredVectorStore(id, traits, now));
  }

  /** A store without the files that were deleted since. @throws RequestRefused 404 */
  require(id: string | undefined): StoredVectorStore {
    const store = this.#stores.require(id);
    const kept = new Set(this.settings.files.all.map((file) => file.id));
    for (const file of store.files.all) if (!kept.has(file.id)) store.files.remove(file.id);
    return store;
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): StoredVectorStore {
    return this.#stores.remove(id);
  }

  /** Adds a file, by what a request says of it. @throws RequestRefused 400, or 404 for no such file */
  attach(
    store: StoredVectorStore,
    request: JsonObject,
    chunking: Chunking = parseChunking(request),
  ): IndexedFile {
    const { files, now } = this.settings;
    const file = files.require(requireText(request, 'file_id'));
    const attributes = parseAttributes(request);
    store.touch();
    return store.files.add(new IndexedFile(file, store.id, now(), { chunking, attributes }));
  }
}

/** Reads the `attributes` of a request. @throws RequestRefused 400 */
export function parseAttributes(body: JsonObject): JsonObject {
  const given = body['attributes'] ?? {};
  if (!isJsonObject(given)) throw wrongType('attributes', 'an object', given);
  for (const [name, value] of Object.entries(given))
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw wrongType(`attributes.${name}`, 'a string, a number or a boolean', value);
  return given;
}

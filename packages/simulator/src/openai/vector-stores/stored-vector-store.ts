import type { JsonObject } from '../../json-value.ts';
import { StoredObjects } from '../../stored-objects.ts';
import type { FileBatch } from './file-batch.ts';
import { countFiles } from './file-counts.ts';
import type { IndexedFile } from './indexed-file.ts';

const DAY_SECONDS = 86_400;

/** What can be changed of a vector store. */
export interface VectorStoreTraits {
  readonly name: string;
  readonly description: string | undefined;
  readonly metadata: JsonObject | null;
  /** Days after the last activity. */
  readonly expiresAfterDays: number | undefined;
}

/** Files that can be searched. */
export class StoredVectorStore {
  readonly id: string;
  readonly files: StoredObjects<IndexedFile> = new StoredObjects('vector store file');
  readonly batches: StoredObjects<FileBatch> = new StoredObjects('vector store file batch');
  readonly #createdAt: number;
  readonly #now: () => number;
  traits: VectorStoreTraits;
  #lastActiveAt: number;

  constructor(id: string, traits: VectorStoreTraits, now: () => number) {
    this.id = id;
    this.traits = traits;
    this.#now = now;
    this.#createdAt = now();
    this.#lastActiveAt = this.#createdAt;
  }

  get isExpired(): boolean {
    const expiresAt = this.#expiresAt;
    return expiresAt !== undefined && expiresAt <= this.#now();
  }

  /** Notes that the store was used. */
  touch(): void {
    this.#lastActiveAt = this.#now();
  }

  /** The store as the API tells of it. */
  get shown(): { readonly id: string } & JsonObject {
    const { name, description, metadata, expiresAfterDays: days } = this.traits;
    const counts = countFiles(this.files.all);
    const status = counts.in_progress > 0 ? 'in_progress' : 'completed';
    return {
      id: this.id,
      object: 'vector_store',
      created_at: this.#createdAt,
      name,
      ...(description === undefined ? {} : { description }),
      usage_bytes: this.files.all.reduce((sum, file) => sum + file.usageBytes, 0),
      file_counts: counts,
      status: this.isExpired ? 'expired' : status,
      ...(days === undefined ? {} : { expires_after: { anchor: 'last_active_at', days } }),
      expires_at: this.#expiresAt ?? null,
      last_active_at: this.#lastActiveAt,
      metadata,
    };
  }

  get #expiresAt(): number | undefined {
    const { expiresAfterDays: days } = this.traits;
    return days === undefined ? undefined : this.#lastActiveAt + days * DAY_SECONDS;
  }
}

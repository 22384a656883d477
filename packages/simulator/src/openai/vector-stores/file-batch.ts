import type { JsonObject } from '../../json-value.ts';
import { countFiles } from './file-counts.ts';
import type { IndexedFile } from './indexed-file.ts';

/** Files that were added to a vector store together. */
export class FileBatch {
  readonly id: string;
  readonly files: readonly IndexedFile[];
  readonly #storeId: string;
  readonly #createdAt: number;
  #isCancelled = false;

  /** @param createdAt seconds since 1970 */
  constructor(id: string, storeId: string, files: readonly IndexedFile[], createdAt: number) {
    this.id = id;
    this.files = files;
    this.#storeId = storeId;
    this.#createdAt = createdAt;
  }

  /** Processes half of what is left. */
  advance(): void {
    const left = this.files.filter(({ status }) => status === 'in_progress');
    for (const file of left.slice(0, Math.ceil(left.length / 2))) file.process();
  }

  /** Leaves out what has not been processed. */
  cancel(): void {
    this.#isCancelled = true;
    for (const file of this.files) if (file.status === 'in_progress') file.status = 'cancelled';
  }

  /** The batch as the API tells of it. */
  get shown(): { readonly id: string } & JsonObject {
    const counts = countFiles(this.files);
    return {
      id: this.id,
      object: 'vector_store.files_batch',
      created_at: this.#createdAt,
      vector_store_id: this.#storeId,
      status: this.#status(counts.in_progress, counts.failed),
      file_counts: counts,
    };
  }

  #status(inProgress: number, failed: number): string {
    if (this.#isCancelled) return 'cancelled';
    if (inProgress > 0) return 'in_progress';
    return failed === this.files.length ? 'failed' : 'completed';
  }
}

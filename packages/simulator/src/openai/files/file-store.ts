import type { Identifiers } from '../../identifiers.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { findLineFault } from '../../json-lines.ts';
import type { StoredFile } from './stored-file.ts';

/** What a file is made of. */
export interface NewFile {
  readonly filename: string;
  readonly purpose: string;
  readonly content: Buffer;
  /** Seconds. @default 30 days for what batches read, else never */
  readonly expiresAfter?: number | undefined;
}

const BATCH_FILE_SECONDS = 2_592_000;

/** The files of one simulator, until they expire or are deleted. */
export class FileStore {
  readonly #files = new StoredObjects<StoredFile>('file');
  readonly #identifiers: Identifiers;
  readonly #now: () => number;

  /** @param now seconds since 1970 */
  constructor(identifiers: Identifiers, now: () => number) {
    this.#identifiers = identifiers;
    this.#now = now;
  }

  get all(): readonly StoredFile[] {
    this.#dropExpired();
    return this.#files.all;
  }

  add({ filename, purpose, content, expiresAfter }: NewFile): StoredFile {
    const createdAt = this.#now();
    const lifetime = expiresAfter ?? (purpose === 'batch' ? BATCH_FILE_SECONDS : undefined);
    return this.#files.add({
      id: `file-${this.#identifiers.next('file', 22)}`,
      filename,
      purpose,
      content,
      createdAt,
      expiresAt: lifetime === undefined ? undefined : createdAt + lifetime,
      status: 'uploaded',
      statusDetails: undefined,
    });
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): StoredFile {
    this.#dropExpired();
    return this.#files.require(id);
  }

  /** Looks at a file, by when it has been processed. @throws RequestRefused 404 */
  inspect(id: string | undefined): StoredFile {
    const file = this.require(id);
    if (file.status === 'uploaded') process(file);
    return file;
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): StoredFile {
    this.#dropExpired();
    return this.#files.remove(id);
  }

  #dropExpired(): void {
    const now = this.#now();
    for (const { id, expiresAt } of this.#files.all)
      if (expiresAt !== undefined && expiresAt <= now) this.#files.remove(id);
  }
}

/** Examples to train with must be JSON Lines; nothing else is looked into. */
function process(file: StoredFile): void {
  const fault = file.purpose === 'fine-tune' ? findLineFault(file.content) : undefined;
  file.status = fault === undefined ? 'processed' : 'error';
  file.statusDetails = fault;
}

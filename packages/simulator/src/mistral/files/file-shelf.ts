import { createHash } from 'node:crypto';
import type { Identifiers } from '../../identifiers.ts';
import { parseJsonLines } from '../../json-lines.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { nextUuid } from '../uuid.ts';
import type { FileObject, FilePurpose, StoredFile } from './stored-file.ts';

/** What a file is made of. */
export interface NewFile {
  readonly filename: string;
  readonly mimetype: string;
  readonly content: Buffer;
  readonly purpose: FilePurpose;
  /** What a batch gave; undefined for what somebody uploaded. */
  readonly result?: 'batch_result' | 'batch_error' | undefined;
  /** Hours. @default it is kept for good */
  readonly expiry?: number | undefined;
  /** @default 'workspace' */
  readonly visibility?: FileObject['visibility'] | undefined;
}

const HOUR_SECONDS = 3600;
const SAMPLE_TYPES: Readonly<Record<FilePurpose, string>> = {
  'fine-tune': 'instruct',
  batch: 'batch_request',
  ocr: 'ocr_input',
};

/** The files of one simulator, until they expire or are deleted. */
export class FileShelf {
  readonly #files = new StoredObjects<StoredFile>('file');
  readonly #identifiers: Identifiers;
  readonly #now: () => number;

  /** @param now seconds since 1970 */
  constructor(identifiers: Identifiers, now: () => number) {
    this.#identifiers = identifiers;
    this.#now = now;
  }

  /** Newest first. */
  get all(): readonly StoredFile[] {
    this.#dropExpired();
    return this.#files.all.toReversed();
  }

  add(file: NewFile): StoredFile {
    const id = nextUuid(this.#identifiers, 'file');
    const { content } = file;
    return this.#files.add({ id, content, object: describe(file, id, this.#now()) });
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): StoredFile {
    this.#dropExpired();
    return this.#files.require(id);
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): StoredFile {
    this.#dropExpired();
    return this.#files.remove(id);
  }

  #dropExpired(): void {
    const now = this.#now();
    for (const { id, object } of this.#files.all)
      if (object.expires_at !== null && object.expires_at <= now) this.#files.remove(id);
  }
}

function describe(file: NewFile, id: string, now: number): FileObject {
  const { content, expiry, filename, mimetype, purpose, result, visibility = 'workspace' } = file;
  return {
    id,
    object: 'file',
    bytes: content.length,
    created_at: now,
    filename,
    purpose,
    sample_type: result ?? SAMPLE_TYPES[purpose],
    source: result === undefined ? 'upload' : 'mistral',
    num_lines: purpose === 'ocr' ? null : parseJsonLines(content).length,
    mimetype,
    signature:
      result === undefined ? createHash('sha256').update(content).digest('hex').slice(0, 16) : null,
    expires_at: expiry === undefined ? null : now + expiry * HOUR_SECONDS,
    visibility,
  };
}

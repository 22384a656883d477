import type { JsonObject } from '../../json-value.ts';
import { textVector } from '../../text-vector.ts';
import type { StoredFile } from '../files/stored-file.ts';
import { type Chunking, cutIntoChunks } from './chunking.ts';

/** How a file stands with a vector store. */
export type IndexStatus = 'in_progress' | 'completed' | 'cancelled' | 'failed';

/** Why a file cannot be searched. */
interface IndexError {
  readonly code: 'unsupported_file' | 'invalid_file';
  readonly message: string;
}

interface Chunk {
  readonly text: string;
  readonly vector: Float32Array;
}

const DIMENSIONS = 256;
const BYTES_PER_NUMBER = 4;

/** A vector that texts and questions are compared by. */
export function indexVector(text: string): Float32Array {
  return textVector(text, DIMENSIONS);
}

/** A file in a vector store: in progress until somebody looks at it. */
export class IndexedFile {
  readonly file: StoredFile;
  readonly #storeId: string;
  readonly #chunking: Chunking;
  readonly #createdAt: number;
  attributes: JsonObject;
  status: IndexStatus = 'in_progress';
  #error: IndexError | null = null;
  #chunks: readonly Chunk[] = [];

  /** @param createdAt seconds since 1970 */
  constructor(
    file: StoredFile,
    storeId: string,
    createdAt: number,
    { chunking, attributes }: { readonly chunking: Chunking; readonly attributes: JsonObject },
  ) {
    this.file = file;
    this.#storeId = storeId;
    this.#createdAt = createdAt;
    this.#chunking = chunking;
    this.attributes = attributes;
  }

  get id(): string {
    return this.file.id;
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  get usageBytes(): number {
    return this.#chunks.reduce(
      (sum, { text, vector }) => sum + text.length + vector.length * BYTES_PER_NUMBER,
      0,
    );
  }

  /** Makes the file searchable, or fails. */
  process(): void {
    if (this.status !== 'in_progress') return;
    const text = readText(this.file.content);
    if (text === undefined) return this.#fail('unsupported_file', 'The file is not text.');
    if (text.trim() === '') return this.#fail('invalid_file', 'The file is empty.');
    this.#chunks = cutIntoChunks(text, this.#chunking).map((chunk) => ({
      text: chunk,
      vector: indexVector(chunk),
    }));
    this.status = 'completed';
  }

  /** The file as the API tells of it. */
  get shown(): { readonly id: string } & JsonObject {
    return {
      id: this.id,
      object: 'vector_store.file',
      created_at: this.#createdAt,
      vector_store_id: this.#storeId,
      status: this.status,
      last_error: this.#error,
      usage_bytes: this.usageBytes,
      attributes: this.attributes,
      chunking_strategy: { type: 'static', static: this.#chunking },
    };
  }

  #fail(code: IndexError['code'], message: string): void {
    this.status = 'failed';
    this.#error = { code, message };
  }
}

/** A content as text; undefined for what is none. */
function readText(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined; // bytes that are not UTF-8 are no text
  }
}

import { type FileHandle, open } from 'node:fs/promises';

/**
 * Vectors of one length in a file, one after the other, as 32-bit numbers of this
 * machine's byte order: the one of text n begins at byte n × dimensions × 4.
 */
export class VectorFile implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #dimensions: number;
  #count: number;

  private constructor(file: FileHandle, dimensions: number, count: number) {
    this.#file = file;
    this.#dimensions = dimensions;
    this.#count = count;
  }

  /** Opens a file to go on with, or makes it. A vector that was written in part is removed. */
  static async open(path: string, dimensions: number): Promise<VectorFile> {
    const file = await open(path, 'a');
    const bytes = dimensions * Float32Array.BYTES_PER_ELEMENT;
    const count = Math.floor((await file.stat()).size / bytes);
    await file.truncate(count * bytes);
    return new VectorFile(file, dimensions, count);
  }

  /** How many vectors there are. */
  get count(): number {
    return this.#count;
  }

  /** @throws Error when a vector has another length; nothing is written. */
  async append(vectors: readonly Float32Array[]): Promise<void> {
    const wrong = vectors.find(({ length }) => length !== this.#dimensions);
    if (wrong !== undefined) {
      throw new Error(
        `A vector has ${wrong.length} dimensions and the file ${this.#dimensions}: use the model and the dimensions that it was begun with.`,
      );
    }
    await this.#file.appendFile(Buffer.concat(vectors.map(bytesOf)));
    this.#count += vectors.length;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file.close();
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

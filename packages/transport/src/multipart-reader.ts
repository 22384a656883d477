import type { HttpStreamingBody } from '@integrations/types';

type Chunk = IteratorResult<Uint8Array, undefined>;

const DONE: Chunk = { done: true, value: undefined };

/**
 * Reads the segments of a body one after the other. No generator: leaving it reaches
 * the file that is being read at once, also while that makes it wait.
 */
export class MultipartReader implements AsyncIterator<Uint8Array, undefined> {
  readonly #segments: readonly (Uint8Array | HttpStreamingBody)[];
  readonly #onTaken: (bytes: number) => void;
  #next = 0;
  #file: AsyncIterator<Uint8Array> | undefined;
  #given = 0;
  #told = 0;

  /** @param onTaken told of the bytes in all that have been taken, whenever more are asked for. */
  constructor(
    segments: readonly (Uint8Array | HttpStreamingBody)[],
    onTaken: (bytes: number) => void,
  ) {
    this.#segments = segments;
    this.#onTaken = onTaken;
  }

  async next(): Promise<Chunk> {
    this.#tell();
    for (;;) {
      const chunk = await this.#fromFile();
      if (chunk !== undefined) return this.#give(chunk);
      const segment = this.#segments[this.#next];
      if (segment === undefined) return DONE;
      this.#next += 1;
      if (segment instanceof Uint8Array) return this.#give(segment);
      this.#file = segment.stream()[Symbol.asyncIterator]();
    }
  }

  async return(): Promise<Chunk> {
    this.#next = this.#segments.length;
    const file = this.#file;
    this.#file = undefined;
    await file?.return?.();
    return DONE;
  }

  /** The next chunk of the file that is being read; undefined when there is none, or it is over. */
  async #fromFile(): Promise<Uint8Array | undefined> {
    const file = this.#file;
    if (file === undefined) return undefined;
    const result = await file.next();
    if (!result.done) return result.value;
    this.#file = undefined;
    return undefined;
  }

  #give(chunk: Uint8Array): Chunk {
    this.#given += chunk.byteLength;
    return { done: false, value: chunk };
  }

  #tell(): void {
    if (this.#given === this.#told) return;
    this.#told = this.#given;
    this.#onTaken(this.#given);
  }
}

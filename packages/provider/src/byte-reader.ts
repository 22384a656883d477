import { ValidationError } from '@integrations/errors';

/** A piece of a file, as sources give it. */
export type FilePiece = string | ArrayBuffer | ArrayBufferView | Blob;

/** Something that gives a file piece by piece. A Node.js stream is one, and so is a web stream. */
export type FileSource = AsyncIterable<FilePiece> | Iterable<FilePiece> | ReadableStream<FilePiece>;

type Chunk = IteratorResult<Uint8Array, undefined>;

/** What a source is read by. */
interface Pieces {
  next(): Promise<IteratorResult<unknown>> | IteratorResult<unknown>;
  /** Gives the source up. */
  leave(): unknown;
}

const encoder = new TextEncoder();

function isWebStream(source: object): source is ReadableStream<FilePiece> {
  return typeof (source as Partial<ReadableStream>).getReader === 'function';
}

/** Node.js streams are let go at once so; leaving their iterator waits for the next piece. */
function destroyerOf(source: object): (() => unknown) | undefined {
  const { destroy } = source as { readonly destroy?: unknown };
  return typeof destroy === 'function' ? () => destroy.call(source) as unknown : undefined;
}

function piecesOf(source: FileSource): Pieces {
  if (isWebStream(source)) {
    const reader = source.getReader();
    return { next: () => reader.read(), leave: () => reader.cancel() };
  }
  const iterator: Iterator<unknown> | AsyncIterator<unknown> =
    Symbol.asyncIterator in source
      ? source[Symbol.asyncIterator]()
      : (source as Iterable<FilePiece>)[Symbol.iterator]();
  return {
    next: () => iterator.next(),
    leave: destroyerOf(source) ?? (() => iterator.return?.()),
  };
}

/**
 * A piece as bytes.
 *
 * @throws ValidationError for what is none.
 */
export async function toBytes(piece: unknown): Promise<Uint8Array> {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === 'string') return encoder.encode(piece);
  if (piece instanceof ArrayBuffer) return new Uint8Array(piece);
  if (piece instanceof Blob) return new Uint8Array(await piece.arrayBuffer());
  if (ArrayBuffer.isView(piece)) {
    return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  throw new ValidationError(
    `A file must be made of texts, bytes and blobs, but one of its pieces is ${piece === null ? 'null' : `of type ${typeof piece}`}.`,
  );
}

/** Reads a source as bytes, once. Leaving it lets the source go at once, also while it makes one wait. */
export class ByteReader implements AsyncIterator<Uint8Array, undefined> {
  readonly #open: () => FileSource;
  #pieces: Pieces | undefined;

  /** @param open called when the first piece is asked for. */
  constructor(open: () => FileSource) {
    this.#open = open;
  }

  async next(): Promise<Chunk> {
    this.#pieces ??= piecesOf(this.#open());
    const result = await this.#pieces.next();
    if (result.done) return { done: true, value: undefined };
    return { done: false, value: await toBytes(result.value) };
  }

  async return(): Promise<Chunk> {
    const pieces = this.#pieces;
    this.#pieces = { next: () => ({ done: true, value: undefined }), leave: () => undefined };
    await pieces?.leave();
    return { done: true, value: undefined };
  }
}

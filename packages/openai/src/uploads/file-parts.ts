import { ValidationError } from '@integrations/errors';
import { UploadFile } from '@integrations/provider';

/** A file of which the size is known before it is read. */
export type SizedFile = Blob | ArrayBuffer | ArrayBufferView | UploadFile;

/** A piece of a file. */
export interface FilePart {
  /** Its position among all parts, from 0. */
  readonly index: number;
  readonly data: Blob | Uint8Array;
}

/** What is known of a file before it is read. */
export interface FileFacts {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly size: number;
}

const CALL = 'openai uploads.uploadFile';

function orUndefined(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** @throws ValidationError for what is no file, is empty, or does not know its size. */
export function factsOf(file: SizedFile): FileFacts {
  const facts = readFacts(file);
  if (facts !== undefined && facts.size > 0) return facts;
  const problem =
    facts === undefined
      ? 'must know its size beforehand: give a File, a Blob, bytes, what fileFromPath() makes, or toStreamingFile() with a `size`'
      : 'is empty';
  throw new ValidationError(`${CALL}: the file ${problem}. Nothing was sent.`, {
    issues: [{ path: 'file', message: problem }],
  });
}

function readFacts(file: SizedFile): FileFacts | undefined {
  if (file instanceof Blob) {
    const name = file instanceof File ? orUndefined(file.name) : undefined;
    return { name, type: orUndefined(file.type), size: file.size };
  }
  if (file instanceof UploadFile) {
    const { name, contentType, size } = file;
    return size === undefined ? undefined : { name, type: orUndefined(contentType), size };
  }
  const isBytes = file instanceof ArrayBuffer || ArrayBuffer.isView(file);
  return isBytes ? { name: undefined, type: undefined, size: file.byteLength } : undefined;
}

/**
 * The parts of a file in order, but for those that are not wanted. Blobs and bytes are
 * cut without a copy; a file that is read as it comes is read from its beginning, a part
 * at a time.
 *
 * @param partSize bytes of each part but the last.
 */
export function partsOf(
  file: SizedFile,
  partSize: number,
  isWanted: (index: number) => boolean,
): Iterable<FilePart> | AsyncIterable<FilePart> {
  if (file instanceof UploadFile) return readParts(file, partSize, isWanted);
  return cutParts(asSliceable(file), factsOf(file).size, partSize, isWanted);
}

type Slice = (start: number, end: number) => Blob | Uint8Array;

function asSliceable(file: Blob | ArrayBuffer | ArrayBufferView): Slice {
  if (file instanceof Blob) return (start, end) => file.slice(start, end);
  const bytes =
    file instanceof ArrayBuffer
      ? new Uint8Array(file)
      : new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  return (start, end) => bytes.subarray(start, end);
}

function* cutParts(
  slice: Slice,
  size: number,
  partSize: number,
  isWanted: (index: number) => boolean,
): Generator<FilePart> {
  for (let index = 0; index * partSize < size; index += 1) {
    if (!isWanted(index)) continue;
    const start = index * partSize;
    yield { index, data: slice(start, Math.min(start + partSize, size)) };
  }
}

async function* readParts(
  file: UploadFile,
  partSize: number,
  isWanted: (index: number) => boolean,
): AsyncGenerator<FilePart> {
  const { size } = factsOf(file);
  let read = 0;
  let index = 0;
  let filled = 0;
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of file.stream()) {
    read += chunk.byteLength;
    if (read > size) throw wrongSize(file, size, `${read} or more`);
    for (let at = 0; at < chunk.byteLength;) {
      const piece = chunk.subarray(at, at + partSize - filled);
      at += piece.byteLength;
      filled += piece.byteLength;
      if (isWanted(index)) pieces.push(piece as Uint8Array<ArrayBuffer>);
      if (filled < partSize) continue;
      if (pieces.length > 0) yield { index, data: new Blob(pieces) };
      index += 1;
      filled = 0;
      pieces = [];
    }
  }
  if (read < size) throw wrongSize(file, size, String(read));
  if (pieces.length > 0) yield { index, data: new Blob(pieces) };
}

function wrongSize(file: UploadFile, size: number, read: string): ValidationError {
  return new ValidationError(
    `${CALL}: the file ${JSON.stringify(file.name)} was to have ${size} bytes, and has ${read}.`,
  );
}

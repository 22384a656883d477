import { ValidationError } from '@integrations/errors';
import type { FormFile } from '@integrations/transport';
import type { FilePiece, FileSource } from './byte-reader.ts';
import { inferFileName, UNKNOWN_FILE } from './file-name.ts';
import { UploadFile } from './upload-file.ts';

/**
 * What a file of a request may be. A `File`, a `Blob`, bytes and what `fileFromPath`
 * makes can be sent again when an attempt fails; a stream and a `Response` can be read
 * once, so that a failure after their first byte is final.
 */
export type Uploadable =
  | Blob
  | Response
  | ArrayBuffer
  | ArrayBufferView
  | UploadFile
  | AsyncIterable<FilePiece>
  | ReadableStream<FilePiece>;

function isSource(value: object): value is FileSource {
  return (
    Symbol.asyncIterator in value ||
    typeof (value as Partial<ReadableStream>).getReader === 'function' ||
    (Symbol.iterator in value && !Array.isArray(value))
  );
}

function fromBytes(bytes: ArrayBuffer | ArrayBufferView): UploadFile {
  const { byteLength: size } = bytes;
  return new UploadFile({ name: UNKNOWN_FILE, size, open: () => [bytes], reopens: true });
}

function fromBlob(blob: Blob): UploadFile {
  return new UploadFile({
    name: inferFileName(blob) ?? UNKNOWN_FILE,
    contentType: blob.type,
    size: blob.size,
    open: () => blob.stream() as ReadableStream<Uint8Array>,
    reopens: true,
  });
}

/** The body of a response, whose length is not told by its headers where it was encoded. */
export function bodyOf(response: Response): FileSource {
  if (response.bodyUsed) {
    throw new ValidationError(
      'The Response to upload has been read already; give one whose body nobody has read.',
    );
  }
  return (response.body as ReadableStream<Uint8Array> | null) ?? [];
}

function fromResponse(response: Response): UploadFile {
  return new UploadFile({
    name: inferFileName(response) ?? UNKNOWN_FILE,
    contentType: response.headers.get('content-type') ?? undefined,
    open: () => bodyOf(response),
    reopens: false,
  });
}

/** A value of a request as a file to upload; undefined for what is no file. */
export function readUploadable(value: object): FormFile | undefined {
  if (value instanceof UploadFile) return value;
  if (value instanceof Blob) return fromBlob(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return fromBytes(value);
  if (value instanceof Response) return fromResponse(value);
  if (!isSource(value)) return undefined;
  return new UploadFile({
    name: inferFileName(value) ?? UNKNOWN_FILE,
    open: () => value,
    reopens: false,
  });
}

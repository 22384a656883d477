import { ValidationError } from '@integrations/errors';
import { ByteReader, type FilePiece, type FileSource, toBytes } from './byte-reader.ts';
import { inferFileName, UNKNOWN_FILE } from './file-name.ts';
import { UploadFile } from './upload-file.ts';
import { bodyOf } from './uploadable.ts';

/** What `toFile` makes a file of. */
export type ToFileInput = FilePiece | Response | FileSource;

/** What a file says of itself besides its name. */
export interface FileProperties {
  /** The media type. @default the source's own, where it has one */
  readonly type?: string | undefined;
  /** Milliseconds since 1970. @default the source's own, or now */
  readonly lastModified?: number | undefined;
}

/** What is known of a file that is read as it is sent. */
export interface StreamingFileProperties {
  /** The media type. @default 'application/octet-stream' */
  readonly type?: string | undefined;
  /** The bytes in all, where that is known: exactly so many must come. */
  readonly size?: number | undefined;
}

async function readAll(source: FileSource): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const reader = new ByteReader(() => source);
  for (;;) {
    const { done, value } = await reader.next();
    if (done) return chunks;
    chunks.push(value);
  }
}

function isPiece(value: ToFileInput): value is FilePiece {
  return typeof value === 'string' || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

async function partsOf(value: ToFileInput): Promise<(Blob | Uint8Array)[]> {
  if (value instanceof Blob) return [value];
  if (isPiece(value)) return [await toBytes(value)];
  return readAll(value instanceof Response ? bodyOf(value) : value);
}

function typeOf(value: ToFileInput): string | undefined {
  if (value instanceof Blob) return value.type;
  return value instanceof Response ? (value.headers.get('content-type') ?? undefined) : undefined;
}

/** Whether a file is already what is asked for. */
function isAsWanted(file: File, name: string | null | undefined, wanted: FileProperties): boolean {
  const { type = file.type, lastModified = file.lastModified } = wanted;
  return (
    (name ?? file.name) === file.name && type === file.type && lastModified === file.lastModified
  );
}

/**
 * Makes a `File` of texts, bytes, blobs, a response, a stream or an iterable, read into
 * memory as a whole: it can be uploaded again when an attempt fails.
 *
 * @param name what the API is told as its name. @default the source's own, or `unknown_file`
 * @throws ValidationError for a source that gives something else than texts, bytes and blobs.
 */
export async function toFile(
  value: ToFileInput | PromiseLike<ToFileInput>,
  name?: string | null,
  properties: FileProperties = {},
): Promise<File> {
  const source = await value;
  if (source instanceof File && isAsWanted(source, name, properties)) return source;
  const own = typeof source === 'string' ? undefined : inferFileName(source);
  const type = properties.type ?? typeOf(source);
  const lastModified =
    properties.lastModified ?? (source instanceof File ? source.lastModified : undefined);
  return new File(await partsOf(source), name ?? own ?? UNKNOWN_FILE, {
    ...(type === undefined ? {} : { type }),
    ...(lastModified === undefined ? {} : { lastModified }),
  });
}

/**
 * A file that is read while it is uploaded, so that it never is in memory as a whole.
 *
 * @param source a stream or an iterable, which can be sent once; or a function that
 * opens one, which is called for each attempt.
 * @param name what the API is told as its name.
 * @throws ValidationError without a name.
 */
export function toStreamingFile(
  source: FileSource | (() => FileSource),
  name: string,
  { type, size }: StreamingFileProperties = {},
): UploadFile {
  if (typeof name !== 'string' || name === '') {
    throw new ValidationError('A streaming file needs a name that is not empty.');
  }
  const reopens = typeof source === 'function';
  const open = reopens ? source : () => source;
  return new UploadFile({ name, contentType: type, size, open, reopens });
}

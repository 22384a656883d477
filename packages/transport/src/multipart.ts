import { ValidationError } from '@integrations/errors';
import { type HttpStreamingBody, type RandomSource, systemRandom } from '@integrations/types';
import type { FormFile, FormPart } from './form-parts.ts';
import { MultipartReader } from './multipart-reader.ts';

/** How far an upload has come. */
export interface UploadProgress {
  /** Bytes that the connection has taken in this attempt, the form's own included. */
  readonly sentBytes: number;
  /** Undefined where the size of a file is not known. */
  readonly totalBytes: number | undefined;
}

/** Settings of a `MultipartBody`. */
export interface MultipartOptions {
  /** Called as bytes are taken, from the beginning for each attempt. @default nothing */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Where the boundary comes from. @default systemRandom */
  readonly random?: RandomSource | undefined;
}

const BOUNDARY_DIGITS = 24;

const VISIBLE = /^[\u0020-\u007e]+$/;

const encoder = new TextEncoder();

function makeBoundary(random: RandomSource): string {
  const digits = Array.from({ length: BOUNDARY_DIGITS }, () => Math.floor(random() * 16));
  return `form-${digits.map((digit) => digit.toString(16)).join('')}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '%22', '\r': '%0D', '\n': '%0A' };

/** As browsers write names; the HTML standard, "multipart form data". */
function escapeName(name: string): string {
  return name.replace(/["\r\n]/g, (character) => ESCAPES[character] ?? '');
}

function contentTypeOf(file: FormFile): string {
  // An empty one is what a File says that knows none.
  const type =
    file.contentType === undefined || file.contentType === ''
      ? 'application/octet-stream'
      : file.contentType;
  if (VISIBLE.test(type)) return type;
  throw new ValidationError(
    `The content type of the file ${JSON.stringify(file.name)} has a control character or one outside ASCII. Nothing was sent.`,
  );
}

function headOf({ name, value }: FormPart): string {
  const field = `content-disposition: form-data; name="${escapeName(name)}"`;
  if (typeof value === 'string') return `${field}\r\n\r\n`;
  return `${field}; filename="${escapeName(value.name)}"\r\ncontent-type: ${contentTypeOf(value)}\r\n\r\n`;
}

/** The body as it is sent: texts, encoded, with the files in between. */
function segmentsOf(parts: readonly FormPart[], boundary: string): (Uint8Array | FormFile)[] {
  const segments: (Uint8Array | FormFile)[] = [];
  let text = '';
  for (const part of parts) {
    text += `--${boundary}\r\n${headOf(part)}`;
    if (typeof part.value === 'string') text += `${part.value}\r\n`;
    else {
      segments.push(encoder.encode(text), part.value);
      text = '\r\n';
    }
  }
  segments.push(encoder.encode(`${text}--${boundary}--\r\n`));
  return segments;
}

function totalSize(segments: readonly (Uint8Array | FormFile)[]): number | undefined {
  let total = 0;
  for (const segment of segments) {
    const size = segment instanceof Uint8Array ? segment.byteLength : segment.size;
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/**
 * A form with files as the body of a request, by RFC 7578. Files are read as they are
 * sent; the size is known where theirs are, and the body can be sent again where all
 * of them can be read again.
 */
export class MultipartBody implements HttpStreamingBody {
  readonly contentType: string;
  readonly size: number | undefined;
  readonly #segments: readonly (Uint8Array | FormFile)[];
  readonly #onProgress: ((progress: UploadProgress) => void) | undefined;

  /** @throws ValidationError for a content type that no header can hold. */
  constructor(parts: readonly FormPart[], options: MultipartOptions = {}) {
    const boundary = makeBoundary(options.random ?? systemRandom);
    this.contentType = `multipart/form-data; boundary=${boundary}`;
    this.#segments = segmentsOf(parts, boundary);
    this.size = totalSize(this.#segments);
    this.#onProgress = options.onProgress;
  }

  get replayable(): boolean {
    return this.#segments.every(
      (segment) => segment instanceof Uint8Array || segment.replayable !== false,
    );
  }

  stream(): AsyncIterable<Uint8Array> {
    return {
      [Symbol.asyncIterator]: () =>
        new MultipartReader(this.#segments, (sentBytes) =>
          this.#onProgress?.({ sentBytes, totalBytes: this.size }),
        ),
    };
  }
}

import { ValidationError } from '@integrations/errors';
import type { FormFile } from '@integrations/transport';
import { ByteReader, type FileSource } from './byte-reader.ts';

/** What is known of a file that will be uploaded. */
export interface UploadFileOptions {
  /** What the API is told as its name; many tell the format by its ending. */
  readonly name: string;
  /** Its media type. @default 'application/octet-stream' */
  readonly contentType?: string | undefined;
  /** Its bytes, where that is known: exactly so many must come. */
  readonly size?: number | undefined;
  /** Opens the file when its first byte is wanted. */
  readonly open: () => FileSource;
  /** Whether `open` may be called again, for another attempt. */
  readonly reopens: boolean;
}

/** A file that is read while it is uploaded, never as a whole. */
export class UploadFile implements FormFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly size: number | undefined;
  readonly #open: () => FileSource;
  readonly #reopens: boolean;
  #isTaken = false;

  constructor({ name, contentType, size, open, reopens }: UploadFileOptions) {
    this.name = name;
    this.contentType = contentType;
    this.size = size;
    this.#open = open;
    this.#reopens = reopens;
  }

  /** Whether it can be read from its beginning: false once a source that gives its bytes once was begun. */
  get replayable(): boolean {
    return this.#reopens || !this.#isTaken;
  }

  stream(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => new ByteReader(() => this.#begin()) };
  }

  #begin(): FileSource {
    if (!this.replayable) {
      throw new ValidationError(
        `The file ${JSON.stringify(this.name)} comes from a stream that has been read already. Make a new stream for each call; for uploads that may be repeated give a File, a Blob, bytes or fileFromPath().`,
      );
    }
    this.#isTaken = true;
    return this.#open();
  }
}

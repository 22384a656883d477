import { ValidationError } from '@integrations/errors';
import type { CallOptions } from '@integrations/provider';
import { mapConcurrent } from '@integrations/rate-limits';
import type { Parts } from './parts/parts.ts';
import { type FileFacts, type FilePart, factsOf, partsOf } from './file-parts.ts';
import type { Upload } from './upload.ts';
import {
  readUploadOptions,
  type UploadFileOptions,
  type UploadFileRequest,
} from './upload-file-options.ts';
import type { UploadCompleteRequest, UploadCreateRequest } from './upload-request.ts';
import { UploadIncompleteError, type UploadResumption } from './upload-incomplete-error.ts';

const CALL = 'openai uploads.uploadFile';

/** A part of the largest size fits in at 1 Mbit/s. */
const PART_TIMEOUT = '10m';

/** The calls that an upload makes. */
export interface UploadCalls {
  readonly parts: Pick<Parts, 'create'>;
  create(request: UploadCreateRequest, options: CallOptions): PromiseLike<Upload>;
  complete(
    uploadId: string,
    request: UploadCompleteRequest,
    options: CallOptions,
  ): PromiseLike<Upload>;
}

/** Where an upload of a file stands. */
interface UploadState extends UploadResumption {
  readonly partIds: (string | null)[];
}

/** One upload of one file, in parts that are sent at the same time. */
export class FileUpload {
  readonly #uploads: UploadCalls;
  readonly #request: UploadFileRequest;
  readonly #options: UploadFileOptions;
  readonly #call: CallOptions;
  readonly #facts: FileFacts;
  readonly #partSize: number;
  readonly #concurrency: number;

  /** @throws ValidationError or ConfigurationError before anything is sent. */
  constructor(uploads: UploadCalls, request: UploadFileRequest, options: UploadFileOptions) {
    const { partSize: _size, concurrency: _count, onProgress: _tell, resume, ...call } = options;
    this.#uploads = uploads;
    this.#request = request;
    this.#options = options;
    this.#call = call;
    this.#facts = factsOf(request.file);
    const read = readUploadOptions(options);
    this.#partSize = read.partSize;
    this.#concurrency = read.concurrency;
    if (resume !== undefined && resume.size !== this.#facts.size) {
      throw new ValidationError(
        `${CALL}: ${resume.uploadId} was begun with a file of ${resume.size} bytes; this one has ${this.#facts.size}. Nothing was sent.`,
      );
    }
  }

  async run(): Promise<Upload> {
    const { resume } = this.#options;
    const state =
      resume === undefined ? await this.#begin() : { ...resume, partIds: [...resume.partIds] };
    try {
      await this.#sendParts(state);
      const { md5 } = this.#request;
      const part_ids = state.partIds.filter((id) => id !== null);
      return await this.#uploads.complete(
        state.uploadId,
        { part_ids, ...(md5 === undefined ? {} : { md5 }) },
        this.#call,
      );
    } catch (error) {
      throw new UploadIncompleteError(error, { ...state, partIds: [...state.partIds] });
    }
  }

  async #begin(): Promise<UploadState> {
    const { purpose, expires_after } = this.#request;
    const { size } = this.#facts;
    const { id, expires_at } = await this.#uploads.create(
      {
        bytes: size,
        filename: this.#request.filename ?? this.#facts.name ?? missing('filename'),
        mime_type: this.#request.mime_type ?? this.#facts.type ?? missing('mime_type'),
        purpose,
        ...(expires_after === undefined ? {} : { expires_after }),
      },
      this.#call,
    );
    const count = Math.ceil(size / this.#partSize);
    const partIds = Array.from({ length: count }, () => null);
    return { uploadId: id, size, partSize: this.#partSize, partIds, expiresAt: expires_at };
  }

  async #sendParts(state: UploadState): Promise<void> {
    const { signal } = this.#call;
    const isMissing = (index: number): boolean => state.partIds[index] === null;
    const send = async (part: FilePart, aborted: AbortSignal): Promise<void> => {
      const timeout = this.#call.timeout ?? PART_TIMEOUT;
      const options = { ...this.#call, timeout, signal: aborted };
      const { id } = await this.#uploads.parts.create(state.uploadId, { data: part.data }, options);
      state.partIds[part.index] = id;
      this.#tell(state);
    };
    await mapConcurrent(
      partsOf(this.#request.file, this.#partSize, isMissing),
      this.#concurrency,
      (part, context) => send(part, context.signal),
      signal === undefined ? {} : { signal },
    );
  }

  #tell({ uploadId, size, partSize, partIds }: UploadState): void {
    const sizes = partIds.map((id, index) =>
      id === null ? 0 : Math.min(partSize, size - index * partSize),
    );
    this.#options.onProgress?.({
      uploadId,
      uploadedBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      totalBytes: size,
      uploadedParts: sizes.filter((bytes) => bytes > 0).length,
      totalParts: partIds.length,
    });
  }
}

function missing(name: 'filename' | 'mime_type'): never {
  const message = `is not known from the file, so it must be given`;
  throw new ValidationError(`${CALL}: \`${name}\` ${message}. Nothing was sent.`, {
    issues: [{ path: name, message }],
  });
}

import { wholeOption } from '@integrations/errors';
import type { CallOptions } from '@integrations/provider';
import type { FileExpiry, FilePurpose } from '../files/file-request.ts';
import type { SizedFile } from './file-parts.ts';
import type { UploadResumption } from './upload-incomplete-error.ts';

/** A large file to upload. */
export interface UploadFileRequest {
  /** Up to 8 GB. Of one that is read as it is sent, `concurrency` parts are in memory at a time. */
  readonly file: SizedFile;
  readonly purpose: FilePurpose;
  /** @default the file's own name */
  readonly filename?: string | undefined;
  /** The media type, which must fit the purpose. @default the file's own */
  readonly mime_type?: string | undefined;
  readonly expires_after?: FileExpiry | undefined;
  /** MD5 of the whole file in hexadecimal, for the API to check. */
  readonly md5?: string | undefined;
}

/** How far the upload of a file has come. */
export interface UploadFileProgress {
  readonly uploadId: string;
  /** Bytes of the parts that are there. */
  readonly uploadedBytes: number;
  readonly totalBytes: number;
  readonly uploadedParts: number;
  readonly totalParts: number;
}

/** How a file is uploaded. What a call may set holds for each of the calls; a part has 10 minutes unless `timeout` says otherwise. */
export interface UploadFileOptions extends Omit<
  CallOptions,
  'idempotencyKey' | 'onUploadProgress'
> {
  /** Bytes of each part but the last: from 1 to 64 MiB. @default 16 MiB, or as it was where the upload goes on */
  readonly partSize?: number | undefined;
  /** Parts that are sent at a time. @default 4 */
  readonly concurrency?: number | undefined;
  /** Goes on with an upload that an `UploadIncompleteError` tells of, with the same file. */
  readonly resume?: UploadResumption | undefined;
  /** Called after each part. What it throws ends the upload. */
  readonly onProgress?: ((progress: UploadFileProgress) => void) | undefined;
}

const MEBIBYTE = 1024 ** 2;
const USUAL_PART_MEBIBYTES = 16;
const LARGEST_PART_MEBIBYTES = 64;
const USUAL_CONCURRENCY = 4;

/** @throws ConfigurationError */
export function readUploadOptions({ partSize, concurrency, resume }: UploadFileOptions): {
  readonly partSize: number;
  readonly concurrency: number;
} {
  return {
    partSize: wholeOption(
      'partSize',
      resume?.partSize ?? partSize ?? USUAL_PART_MEBIBYTES * MEBIBYTE,
      { least: 1, most: LARGEST_PART_MEBIBYTES * MEBIBYTE },
    ),
    concurrency: wholeOption('concurrency', concurrency ?? USUAL_CONCURRENCY, { least: 1 }),
  };
}

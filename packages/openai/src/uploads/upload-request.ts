import type { Uploadable } from '@integrations/provider';
import type { FileExpiry, FilePurpose } from '../files/file-request.ts';

/** What is going to be uploaded. */
export interface UploadCreateRequest {
  /** How many bytes the parts will have in all: up to 8 GB. */
  readonly bytes: number;
  readonly filename: string;
  /** The media type, which must fit the purpose. */
  readonly mime_type: string;
  readonly purpose: FilePurpose;
  /** When the file is deleted by itself. @default 30 days for `batch`, by the API, else never */
  readonly expires_after?: FileExpiry | undefined;
}

/** How the parts make a file. */
export interface UploadCompleteRequest {
  /** Ids of the parts, in the order of their bytes. */
  readonly part_ids: readonly string[];
  /** MD5 of the whole file in hexadecimal, for the API to check. */
  readonly md5?: string | undefined;
}

/** A part of the file. */
export interface PartCreateRequest {
  /** Up to 64 MB. */
  readonly data: Uploadable;
}

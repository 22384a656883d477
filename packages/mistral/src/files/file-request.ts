import type { Uploadable } from '@integrations/provider';
import type { FilePurpose, FileSampleType, FileSource, FileVisibility } from './file-object.ts';

/** A file to keep. */
export interface FileUploadRequest {
  /** Up to 512 MB. */
  readonly file: Uploadable;
  /** @default 'fine-tune', by the API */
  readonly purpose?: FilePurpose | undefined;
  /** Who may see it. @default 'workspace', by the API */
  readonly visibility?: FileVisibility | undefined;
  /** Hours until it is deleted by itself. @default never, by the API */
  readonly expiry?: number | undefined;
}

/** Which files to list. */
export interface FileQuery {
  /** Counted from 0. @default 0, by the API */
  readonly page?: number | undefined;
  /** Files on a page. @default 100, by the API */
  readonly page_size?: number | undefined;
  /** Whether the page tells how many files there are. @default true, by the API */
  readonly include_total?: boolean | undefined;
  /** Only files with one of these in them. */
  readonly sample_type?: readonly FileSampleType[] | undefined;
  /** Only files from one of these. */
  readonly source?: readonly FileSource[] | undefined;
  /** Only files with this in their names. */
  readonly search?: string | undefined;
  /** Only files that are for this. */
  readonly purpose?: FilePurpose | undefined;
  /** Only files of one of these media types. */
  readonly mimetypes?: readonly string[] | undefined;
}

/** How long an address is to be good. */
export interface SignedUrlQuery {
  /** Hours, from 1 to 168. @default 24, by the API */
  readonly expiry?: number | undefined;
}

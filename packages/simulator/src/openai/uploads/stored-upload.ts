import { fileObject, type FileObject, type StoredFile } from '../files/stored-file.ts';

/** Bytes of an upload, in whatever order they came. */
interface StoredPart {
  readonly id: string;
  readonly content: Buffer;
}

/** A file that comes in parts. Times are seconds since 1970. */
export interface StoredUpload {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  readonly bytes: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** What the file will have, in seconds. */
  readonly fileExpiresAfter: number | undefined;
  readonly parts: Map<string, StoredPart>;
  status: 'pending' | 'completed' | 'cancelled';
  file: StoredFile | undefined;
}

/** An upload as the API tells of it. */
export interface UploadObject {
  readonly id: string;
  readonly object: 'upload';
  readonly bytes: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: StoredUpload['status'];
  readonly file: FileObject | null;
}

/** Tells of an upload. */
export function uploadObject(upload: StoredUpload): UploadObject {
  return {
    id: upload.id,
    object: 'upload',
    bytes: upload.bytes,
    created_at: upload.createdAt,
    expires_at: upload.expiresAt,
    filename: upload.filename,
    purpose: upload.purpose,
    status: upload.status,
    file: upload.file === undefined ? null : fileObject(upload.file),
  };
}

/** How a file stands with the API. */
type FileStatus = 'uploaded' | 'processed' | 'error';

/** A file that the API keeps. Times are seconds since 1970. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  readonly content: Buffer;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  status: FileStatus;
  statusDetails: string | undefined;
}

/** A file as the API tells of it. */
export interface FileObject {
  readonly id: string;
  readonly object: 'file';
  readonly bytes: number;
  readonly created_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: FileStatus;
  readonly expires_at?: number;
  readonly status_details?: string;
}

/** Tells of a file. */
export function fileObject(file: StoredFile): FileObject {
  return {
    id: file.id,
    object: 'file',
    bytes: file.content.length,
    created_at: file.createdAt,
    filename: file.filename,
    purpose: file.purpose,
    status: file.status,
    ...(file.expiresAt === undefined ? {} : { expires_at: file.expiresAt }),
    ...(file.statusDetails === undefined ? {} : { status_details: file.statusDetails }),
  };
}

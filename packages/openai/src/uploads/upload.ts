import type { FileObject } from '../files/file-object.ts';

/** A file that comes in parts. */
export interface Upload {
  id: string;
  object: 'upload';
  /** How many bytes the parts must have in all. */
  bytes: number;
  /** Seconds since 1970. */
  created_at: number;
  /** When parts are no longer taken, in seconds since 1970: an hour after it was made. */
  expires_at: number;
  filename: string;
  purpose: string;
  status: 'pending' | 'completed' | 'cancelled' | 'expired';
  /** What came of it, once it is completed. */
  file?: FileObject | null;
}

/** A part of such a file. */
export interface UploadPart {
  id: string;
  object: 'upload.part';
  /** Seconds since 1970. */
  created_at: number;
  upload_id: string;
}

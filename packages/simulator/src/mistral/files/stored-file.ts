/** What a file is for. */
export type FilePurpose = 'fine-tune' | 'batch' | 'ocr';

/** A file as the API tells of it. Times are seconds since 1970. */
export interface FileObject {
  readonly id: string;
  readonly object: 'file';
  readonly bytes: number;
  readonly created_at: number;
  readonly filename: string;
  readonly purpose: FilePurpose;
  readonly sample_type: string;
  readonly source: 'upload' | 'mistral';
  readonly num_lines: number | null;
  readonly mimetype: string;
  readonly signature: string | null;
  readonly expires_at: number | null;
  readonly visibility: 'workspace' | 'user';
}

/** A file that the API keeps. */
export interface StoredFile {
  readonly id: string;
  readonly content: Buffer;
  readonly object: FileObject;
}

/** A file that the API keeps. */
export interface FileObject {
  id: string;
  object: 'file';
  /** Its size. */
  bytes: number;
  /** Seconds since 1970. */
  created_at: number;
  filename: string;
  /** What it is for. */
  purpose:
    | 'assistants'
    | 'assistants_output'
    | 'batch'
    | 'batch_output'
    | 'fine-tune'
    | 'fine-tune-results'
    | 'vision'
    | 'user_data';
  /** @deprecated The API says no more on it. */
  status: 'uploaded' | 'processed' | 'error';
  /** When it will be deleted, in seconds since 1970. */
  expires_at?: number;
  /** @deprecated A fine-tuning job tells in its `error` what is wrong with a file. */
  status_details?: string;
}

/** A file was deleted. */
export interface FileDeleted {
  id: string;
  object: 'file';
  deleted: boolean;
}

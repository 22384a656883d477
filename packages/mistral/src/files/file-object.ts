/** What a file is for. */
export type FilePurpose = 'fine-tune' | 'batch' | 'ocr';

/** Who may see a file. */
export type FileVisibility = 'workspace' | 'user';

/** What is in a file, as the API found it. */
export type FileSampleType =
  | 'pretrain'
  | 'instruct'
  | 'ocr_input'
  | 'batch_request'
  | 'batch_result'
  | 'batch_error';

/** Where a file came from; `mistral` made what batches gave. */
export type FileSource = 'upload' | 'repository' | 'mistral';

/** A file that the API keeps. Times are seconds since 1970. */
export interface FileObject {
  id: string;
  object: string;
  /** Its size; null while the API does not know. */
  bytes: number | null;
  created_at: number;
  filename: string;
  purpose: FilePurpose;
  sample_type: FileSampleType;
  source: FileSource;
  num_lines?: number | null;
  mimetype?: string | null;
  signature?: string | null;
  /** When it will be deleted. */
  expires_at?: number | null;
  visibility?: FileVisibility | null;
  /** Only where one file was asked for. */
  deleted?: boolean;
}

/** A page of files. */
export interface FileList {
  object: string;
  data: FileObject[];
  /** All that there are; missing where `include_total` is false. */
  total?: number | null;
}

/** A file was deleted. */
export interface FileDeleted {
  id: string;
  object: string;
  deleted: boolean;
}

/** An address that a file can be read at without a key. */
export interface SignedUrl {
  url: string;
}

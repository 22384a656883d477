import type { LibraryPagination } from '../pagination.ts';

/** How far the processing of a document is. */
export type DocumentStatus =
  | 'self_managed'
  | 'missing_content'
  | 'noop'
  | 'done'
  | 'todo'
  | 'in_progress'
  | 'error'
  | 'waiting_for_capacity';

/** What a document is tagged with, and found by. */
export type DocumentAttributes = Record<
  string,
  boolean | string | number | string[] | number[] | boolean[]
>;

/** A document of a library. Times are ISO 8601. */
export interface LibraryDocument {
  id: string;
  library_id: string;
  name: string;
  created_at: string;
  mime_type: string | null;
  extension: string | null;
  /** In bytes. */
  size: number | null;
  process_status: DocumentStatus;
  uploaded_by_id: string | null;
  uploaded_by_type: string;
  /** What its processing has cost. */
  tokens_processing_total: number;
  summary?: string | null;
  last_processed_at?: string | null;
  number_of_pages?: number | null;
  url?: string | null;
  attributes?: DocumentAttributes | null;
  /** When it is deleted by itself. */
  expires_at?: string | null;
  /** @deprecated */
  hash?: string | null;
  /** @deprecated See `process_status`. */
  processing_status?: string;
  /** @deprecated */
  tokens_processing_main_content?: number | null;
  /** @deprecated */
  tokens_processing_summary?: number | null;
}

/** A page of documents, as the API sends it. */
export interface DocumentPage {
  pagination: LibraryPagination;
  data: LibraryDocument[];
}

/** How far the processing of a document is. */
export interface DocumentProcessing {
  document_id: string;
  process_status: DocumentStatus;
  /** @deprecated See `process_status`. */
  processing_status?: string;
}

/** What was read in a document. */
export interface DocumentText {
  text: string;
}

import type { Uploadable } from '@integrations/provider';
import type { DocumentAttributes } from './document.ts';

/** A document to put into a library. */
export interface DocumentUploadRequest {
  readonly file: Uploadable;
}

/** What is to change of a document. */
export interface DocumentUpdateRequest {
  readonly name?: string | undefined;
  readonly attributes?: Readonly<DocumentAttributes> | null | undefined;
  /** ISO 8601; null for never. */
  readonly expires_at?: string | null | undefined;
}

/** Which documents of a library to list. */
export interface DocumentQuery {
  /** Only those with this in their names. */
  readonly search?: string | undefined;
  /** How many on a page, from 1 to 100. @default 100, by the API */
  readonly page_size?: number | undefined;
  /** Counted from 0. @default 0, by the API */
  readonly page?: number | undefined;
  /** @default 'created_at', by the API */
  readonly sort_by?: string | undefined;
  /** @default 'desc', by the API */
  readonly sort_order?: 'asc' | 'desc' | undefined;
}

/** Which pages of a document to read. */
export interface DocumentTextQuery {
  /** Where to begin. @default at the document's first, by the API */
  readonly page_start?: number | undefined;
  /** Where to stop. @default after the document's last, by the API */
  readonly page_end?: number | undefined;
}

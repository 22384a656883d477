import type { UploadedFile } from '../../form-data.ts';
import type { Identifiers } from '../../identifiers.ts';
import { countTokens } from '../../tokens.ts';
import { isoTime } from '../../wall-time.ts';
import { pagesOf } from '../ocr/document-text.ts';
import { OWNER_ID } from '../owner.ts';
import { nextUuid } from '../uuid.ts';

/** What no reader takes. */
const UNREADABLE: ReadonlySet<string> = new Set(['bin', 'exe', 'zip']);

/** The older word for each status. */
const OLDER_WORDS: Readonly<Record<string, string>> = {
  todo: 'Queued',
  in_progress: 'Running',
  done: 'Completed',
  error: 'Failed',
  missing_content: 'Failed',
};

/** A document of a library. */
export interface StoredDocument {
  readonly id: string;
  readonly libraryId: string;
  readonly file: UploadedFile;
  readonly createdAt: string;
  name: string;
  status: string;
  processedAt: string | undefined;
  attributes: unknown;
  expiresAt: string | undefined;
}

export function makeDocument(
  identifiers: Identifiers,
  libraryId: string,
  file: UploadedFile,
): StoredDocument {
  return {
    id: nextUuid(identifiers, 'document'),
    libraryId,
    file,
    createdAt: isoTime(),
    name: file.name,
    status: 'todo',
    processedAt: undefined,
    attributes: null,
    expiresAt: undefined,
  };
}

/** A step of processing: each look at a document finds it further. */
export function advance(document: StoredDocument): StoredDocument {
  if (document.status === 'in_progress') {
    document.status = outcomeOf(document);
    document.processedAt = isoTime();
  }
  if (document.status === 'todo') document.status = 'in_progress';
  return document;
}

/** A document as the API shows it. */
export function documentObject(document: StoredDocument): object {
  const { file, status } = document;
  const isDone = status === 'done';
  const tokens = isDone ? countTokens(file.bytes.toString('utf8')) : 0;
  return {
    id: document.id,
    library_id: document.libraryId,
    hash: null,
    mime_type: file.contentType,
    extension: extensionOf(document) ?? null,
    size: file.bytes.length,
    name: document.name,
    summary: isDone ? `What is in ${document.name}.` : null,
    created_at: document.createdAt,
    last_processed_at: document.processedAt ?? null,
    number_of_pages: isDone ? pagesOf(file.bytes).length : null,
    process_status: status,
    uploaded_by_id: OWNER_ID,
    uploaded_by_type: 'User',
    tokens_processing_main_content: isDone ? tokens : null,
    tokens_processing_summary: null,
    url: null,
    attributes: document.attributes,
    expires_at: document.expiresAt ?? null,
    processing_status: olderWord(status),
    tokens_processing_total: tokens,
  };
}

/** The word for a status that the API had before. */
export function olderWord(status: string): string {
  return OLDER_WORDS[status] ?? status;
}

function outcomeOf(document: StoredDocument): string {
  if (document.file.bytes.length === 0) return 'missing_content';
  return UNREADABLE.has(extensionOf(document) ?? '') ? 'error' : 'done';
}

function extensionOf({ file }: StoredDocument): string | undefined {
  return /\.(\w+)$/.exec(file.name)?.[1];
}

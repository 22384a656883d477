import type { Uploadable } from '@integrations/provider';
import type { OrderedCursorQuery } from '../cursor-list.ts';

/** What a file is for. */
export type FilePurpose = 'assistants' | 'batch' | 'fine-tune' | 'vision' | 'user_data' | 'evals';

/** When a file is deleted by itself. */
export interface FileExpiry {
  /** What the time is counted from. */
  readonly anchor: 'created_at';
  /** From 3600 (one hour) to 2592000 (30 days). */
  readonly seconds: number;
}

/** A file to keep. */
export interface FileCreateRequest {
  /** Up to 512 MB; for larger ones see `uploads`. */
  readonly file: Uploadable;
  readonly purpose: FilePurpose;
  /** @default 30 days for `batch`, by the API, else never */
  readonly expires_after?: FileExpiry | undefined;
}

/** Which files to list. */
export interface FileQuery extends OrderedCursorQuery {
  /** Only files that are for this. */
  readonly purpose?: string | undefined;
}

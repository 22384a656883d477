import type { JsonObject } from '../../json-value.ts';
import type { BatchFault } from './batch-line.ts';

/** What becomes of a batch. */
export type BatchStatus =
  | 'validating'
  | 'failed'
  | 'in_progress'
  | 'finalizing'
  | 'completed'
  | 'expired'
  | 'cancelling'
  | 'cancelled';

/** Tokens that the requests of a batch have cost. */
export interface BatchUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
}

/** A batch as the API tells of it, and as it is kept. */
export interface StoredBatch {
  readonly id: string;
  readonly object: 'batch';
  readonly endpoint: string;
  readonly input_file_id: string;
  readonly completion_window: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly metadata: JsonObject | null;
  status: BatchStatus;
  errors: { readonly object: 'list'; readonly data: readonly BatchFault[] } | null;
  request_counts: {
    readonly total: number;
    readonly completed: number;
    readonly failed: number;
  };
  output_file_id?: string;
  error_file_id?: string;
  usage?: BatchUsage;
  in_progress_at?: number;
  finalizing_at?: number;
  completed_at?: number;
  failed_at?: number;
  expired_at?: number;
  cancelling_at?: number;
  cancelled_at?: number;
}

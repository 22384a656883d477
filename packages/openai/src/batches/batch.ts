/** Where a batch stands. */
export type BatchStatus =
  | 'validating'
  | 'failed'
  | 'in_progress'
  | 'finalizing'
  | 'completed'
  | 'expired'
  | 'cancelling'
  | 'cancelled';

/** What is wrong with the input of a batch. */
export interface BatchError {
  code?: string;
  /** The line of the input file, from 1. */
  line?: number | null;
  message?: string;
  param?: string | null;
}

/** How far the requests of a batch have come. */
export interface BatchRequestCounts {
  completed: number;
  failed: number;
  total: number;
}

/** The tokens that a batch has cost. */
export interface BatchUsage {
  input_tokens: number;
  input_tokens_details: { cached_tokens: number };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
}

/** Requests that are answered within a day. Times are seconds since 1970. */
export interface Batch {
  id: string;
  object: 'batch';
  completion_window: string;
  created_at: number;
  /** Where all the requests go: `/v1/chat/completions`. */
  endpoint: string;
  input_file_id: string;
  status: BatchStatus;
  cancelled_at?: number;
  cancelling_at?: number;
  completed_at?: number;
  /** The file with the requests that failed. */
  error_file_id?: string;
  /** Why the batch failed as a whole. */
  errors?: { data?: BatchError[]; object?: string };
  expired_at?: number;
  expires_at?: number;
  failed_at?: number;
  finalizing_at?: number;
  in_progress_at?: number;
  metadata?: Record<string, string> | null;
  model?: string;
  /** The file with the requests that were answered. */
  output_file_id?: string;
  request_counts?: BatchRequestCounts;
  usage?: BatchUsage;
}

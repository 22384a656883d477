/** Where a batch stands. */
export type BatchJobStatus =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCESS'
  | 'FAILED'
  | 'TIMEOUT_EXCEEDED'
  | 'CANCELLATION_REQUESTED'
  | 'CANCELLED';

/** What went wrong, and how often. */
export interface BatchError {
  message: string;
  count?: number;
}

/** What became of one request, as the API tells it. */
export interface BatchOutput {
  custom_id?: string | null;
  response?: { status_code: number; body: unknown; request_id?: string } | null;
  error?: unknown;
}

/** Requests that are answered as time allows. Times are seconds since 1970. */
export interface BatchJob {
  id: string;
  object?: 'batch';
  /** Ids of the files with the requests; empty where these came with the job. */
  input_files: string[];
  /** Where all the requests go: `/v1/chat/completions`. */
  endpoint: string;
  model?: string | null;
  agent_id?: string | null;
  metadata?: Record<string, unknown> | null;
  status: BatchJobStatus;
  created_at: number;
  started_at?: number | null;
  completed_at?: number | null;
  total_requests: number;
  /** Those that were answered or failed. */
  completed_requests: number;
  succeeded_requests: number;
  failed_requests: number;
  errors: BatchError[];
  /** The file with the requests that were answered. */
  output_file?: string | null;
  /** The file with the requests that failed. */
  error_file?: string | null;
  /** What became of the requests, where it was asked for: `get(id, { inline: true })`. */
  outputs?: BatchOutput[] | null;
}

/** A page of batches. */
export interface BatchJobList {
  object?: 'list';
  data: BatchJob[];
  /** All that there are. */
  total: number;
}

/** A batch was deleted. */
export interface BatchJobDeleted {
  id: string;
  object?: 'batch';
  deleted?: boolean;
}

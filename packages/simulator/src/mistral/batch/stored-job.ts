import type { JsonObject } from '../../json-value.ts';

/** Where a batch stands. */
const JOB_STATUSES = [
  'QUEUED',
  'RUNNING',
  'SUCCESS',
  'FAILED',
  'TIMEOUT_EXCEEDED',
  'CANCELLATION_REQUESTED',
  'CANCELLED',
] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];

/** What went wrong, and how often. */
export interface JobError {
  readonly message: string;
  readonly count: number;
}

/** A batch as the API tells of it, and as it is kept. Times are seconds since 1970. */
export interface StoredJob {
  readonly id: string;
  readonly object: 'batch';
  readonly input_files: readonly string[];
  readonly metadata: JsonObject | null;
  readonly endpoint: string;
  readonly model: string | null;
  readonly agent_id: string | null;
  readonly created_at: number;
  status: JobStatus;
  errors: readonly JobError[];
  output_file: string | null;
  error_file: string | null;
  total_requests: number;
  completed_requests: number;
  succeeded_requests: number;
  failed_requests: number;
  started_at: number | null;
  completed_at: number | null;
}

/** One request of a batch. */
export interface JobRequest {
  readonly customId: string | null;
  readonly body: JsonObject;
}

import type { FileExpiry } from '../files/file-request.ts';

/** Where the requests of a batch may go. */
export type BatchEndpoint =
  | '/v1/responses'
  | '/v1/chat/completions'
  | '/v1/embeddings'
  | '/v1/completions'
  | '/v1/moderations'
  | '/v1/images/generations'
  | '/v1/images/edits'
  | '/v1/videos';

/** A batch to run. */
export interface BatchCreateRequest {
  readonly completion_window: '24h';
  readonly endpoint: BatchEndpoint;
  /** Id of a JSONL file with the purpose `batch`: up to 50 000 requests and 200 MB. */
  readonly input_file_id: string;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  /** When the files with the results are deleted by themselves, counted from when they are made. */
  readonly output_expires_after?: FileExpiry | undefined;
}

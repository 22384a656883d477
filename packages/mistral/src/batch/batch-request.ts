import type { BatchJobStatus } from './batch-job.ts';

/** Where the requests of a batch may go. */
export type BatchEndpoint =
  | '/v1/chat/completions'
  | '/v1/embeddings'
  | '/v1/fim/completions'
  | '/v1/moderations'
  | '/v1/chat/moderations'
  | '/v1/ocr'
  | '/v1/classifications'
  | '/v1/chat/classifications'
  | '/v1/conversations'
  | '/v1/audio/transcriptions';

/** What holds for a batch as a whole. */
export interface BatchSettings {
  /** The model of all requests. */
  readonly model?: string | null | undefined;
  /** @deprecated An agent of the older agents API that answers all requests. */
  readonly agent_id?: string | null | undefined;
  /** Texts by name, of up to 512 characters each; names have up to 32. */
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  /** Hours after which it ends, whatever has been answered; from 1 to 168. @default 24, by the API */
  readonly timeout_hours?: number | undefined;
}

/** One request of a batch, sent with it. */
export interface InlineBatchRequest {
  /** Tells it from the others. */
  readonly custom_id?: string | null | undefined;
  /** As the endpoint takes it; the model is the batch's. */
  readonly body: object;
}

/** A batch to run: of files, or of requests that come with it. */
export interface BatchCreateRequest extends BatchSettings {
  readonly endpoint: BatchEndpoint;
  /** Ids of JSONL files with the purpose `batch`; each line has a `custom_id` and a `body`. */
  readonly input_files?: readonly string[] | null | undefined;
  /** Up to 10 000. */
  readonly requests?: readonly InlineBatchRequest[] | null | undefined;
}

/** Which batches to list. */
export interface BatchQuery {
  /** Counted from 0. @default 0, by the API */
  readonly page?: number | undefined;
  /** Batches on a page. @default 100, by the API */
  readonly page_size?: number | undefined;
  readonly model?: string | undefined;
  readonly agent_id?: string | undefined;
  /** Only batches with these values. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Only batches that are newer: a date and time as RFC 3339 has them. */
  readonly created_after?: string | undefined;
  /** Only batches of the key's owner. @default false, by the API */
  readonly created_by_me?: boolean | undefined;
  /** Only batches that stand like one of these. */
  readonly status?: readonly BatchJobStatus[] | undefined;
  /** @default '-created': newest first, by the API */
  readonly order_by?: 'created' | '-created' | undefined;
}

/** What to tell of a batch. */
export interface BatchGetQuery {
  /** Whether to give its `outputs` too. @default false, by the API */
  readonly inline?: boolean | undefined;
}

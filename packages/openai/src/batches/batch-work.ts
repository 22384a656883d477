import type { EmbeddingResponse } from '@integrations/provider';
import type { ChatCompletion } from '../chat/completions/chat-completion.ts';
import type { ChatCompletionCreateRequest } from '../chat/completions/chat-completion-request.ts';
import type { Completion } from '../completions/completion.ts';
import type { CompletionRequest } from '../completions/completion-request.ts';
import type { EmbeddingRequest } from '../embeddings/embedding.ts';
import type { FileExpiry } from '../files/file-request.ts';
import type { ModerationResponse } from '../moderations/moderation.ts';
import type { ModerationRequest } from '../moderations/moderation-request.ts';
import type { Response } from '../responses/response.ts';
import type { ResponseCreateRequest } from '../responses/response-request.ts';
import type { BatchEndpoint } from './batch-request.ts';

/** What an endpoint takes and gives. */
interface Work<Request extends object, Result> {
  readonly request: Request;
  readonly result: Result;
}

interface KnownWork {
  readonly '/v1/chat/completions': Work<ChatCompletionCreateRequest, ChatCompletion>;
  readonly '/v1/completions': Work<CompletionRequest, Completion>;
  readonly '/v1/embeddings': Work<EmbeddingRequest, EmbeddingResponse>;
  readonly '/v1/moderations': Work<ModerationRequest, ModerationResponse>;
  readonly '/v1/responses': Work<ResponseCreateRequest, Response>;
}

type WorkOf<Endpoint> = Endpoint extends keyof KnownWork
  ? KnownWork[Endpoint]
  : Work<Readonly<Record<string, unknown>>, unknown>;

/** What a request to an endpoint has as its body. */
export type BatchBody<Endpoint extends BatchEndpoint> = WorkOf<Endpoint>['request'];

/** What an endpoint answers. */
export type BatchAnswer<Endpoint extends BatchEndpoint> = WorkOf<Endpoint>['result'];

/** One request of many. */
export interface BatchItemRequest<Endpoint extends BatchEndpoint> {
  /** Tells it from the others. @default `request-` and its position from 0 */
  readonly custom_id?: string | undefined;
  readonly body: BatchBody<Endpoint>;
}

/** Requests to be answered within a day, for less. */
export interface BatchProcessRequest<Endpoint extends BatchEndpoint> {
  readonly endpoint: Endpoint;
  /** As many as there are: they become several batches where one cannot hold them. */
  readonly requests: readonly BatchItemRequest<Endpoint>[];
  /** Goes on every batch. */
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  /** When the input files are deleted by themselves. @default 30 days, by the API */
  readonly input_expires_after?: FileExpiry | undefined;
  /** When the files with the results are deleted by themselves. */
  readonly output_expires_after?: FileExpiry | undefined;
}

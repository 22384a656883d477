import type { ChatCompletion } from '../chat/chat-completion.ts';
import type { ChatCompletionCreateRequest } from '../chat/chat-completion-request.ts';
import type {
  ChatClassificationRequest,
  ClassificationRequest,
} from '../classifiers/classification-request.ts';
import type { ClassificationResponse } from '../classifiers/classification.ts';
import type { ModerationResponse } from '../classifiers/moderation.ts';
import type {
  ChatModerationRequest,
  ModerationRequest,
} from '../classifiers/moderation-request.ts';
import type { EmbeddingRequest, EmbeddingResponse } from '../embeddings/embedding.ts';
import type { FimCompletionCreateRequest } from '../fim/fim-request.ts';
import type { BatchEndpoint, BatchSettings } from './batch-request.ts';

/** What an endpoint takes and gives. */
interface Work<Request extends object, Result> {
  readonly request: Request;
  readonly result: Result;
}

/** The model is told once, for the whole batch. */
type WithoutModel<Request extends { readonly model: unknown }> = Omit<Request, 'model'> & {
  readonly model?: Request['model'] | undefined;
};

interface KnownWork {
  readonly '/v1/chat/completions': Work<WithoutModel<ChatCompletionCreateRequest>, ChatCompletion>;
  readonly '/v1/fim/completions': Work<WithoutModel<FimCompletionCreateRequest>, ChatCompletion>;
  readonly '/v1/embeddings': Work<WithoutModel<EmbeddingRequest>, EmbeddingResponse>;
  readonly '/v1/moderations': Work<WithoutModel<ModerationRequest>, ModerationResponse>;
  readonly '/v1/chat/moderations': Work<WithoutModel<ChatModerationRequest>, ModerationResponse>;
  readonly '/v1/classifications': Work<WithoutModel<ClassificationRequest>, ClassificationResponse>;
  readonly '/v1/chat/classifications': Work<
    WithoutModel<ChatClassificationRequest>,
    ClassificationResponse
  >;
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

/** Requests to be answered as time allows, for less. Its settings go on every batch. */
export interface BatchProcessRequest<Endpoint extends BatchEndpoint> extends BatchSettings {
  readonly endpoint: Endpoint;
  /** As many as there are: they become several batches where one cannot hold them. */
  readonly requests: readonly BatchItemRequest<Endpoint>[];
}

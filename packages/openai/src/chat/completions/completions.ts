import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ResponsePromise,
  StreamEndpoint,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type {
  ChatCompletionCreateRequest,
  ChatCompletionStreamRequest,
} from './chat-completion-request.ts';
import { validateChatCompletion } from './chat-completion-schema.ts';
import { ChatStream, decodeChatEvent } from './chat-stream.ts';
import { estimateChatTokens } from './chat-token-estimate.ts';
import { reportedUsage } from './completion-usage.ts';

const create: JsonEndpoint<ChatCompletionCreateRequest, ChatCompletion> = {
  operation: 'chat.create',
  method: 'POST',
  path: '/chat/completions',
  resultKey: 'choices',
  validate: validateChatCompletion,
  estimateTokens: estimateChatTokens,
  usage: reportedUsage,
};

const createStream: StreamEndpoint<ChatCompletionStreamRequest, ChatCompletionChunk> = {
  operation: 'chat.create_stream',
  method: 'POST',
  path: '/chat/completions',
  validate: validateChatCompletion,
  estimateTokens: estimateChatTokens,
  decode: decodeChatEvent,
  usage: reportedUsage,
};

/** `/chat/completions`. */
export class ChatCompletions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The answer as a stream. `POST /chat/completions` */
  create(
    request: ChatCompletionStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream>;
  /** The whole answer. `POST /chat/completions` */
  create(
    request: ChatCompletionCreateRequest & { readonly stream?: false | null | undefined },
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>>;
  create(
    request: ChatCompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> | ResponsePromise<WithRequestId<ChatCompletion>>;
  create(
    request: ChatCompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> | ResponsePromise<WithRequestId<ChatCompletion>> {
    return isStreaming(request)
      ? this.#caller.stream(
          createStream,
          { body: request },
          options,
          (reader) => new ChatStream(reader),
        )
      : this.#caller.call(create, { body: request }, options);
  }
}

function isStreaming(request: ChatCompletionCreateRequest): request is ChatCompletionStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream === true;
}

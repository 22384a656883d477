import type {
  CallOptions,
  Caller,
  ResponsePromise,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import type { ChatCompletion } from './completions/chat-completion.ts';
import type { ChatCompletionRequest } from './completions/chat-completion-request.ts';
import type { ChatStream } from './completions/chat-stream.ts';
import { ChatCompletions } from './completions/completions.ts';

/** `/chat`. */
export class Chat {
  /** `/chat/completions`, with the signatures of the official SDK. */
  readonly completions: ChatCompletions;

  constructor(caller: Caller) {
    this.completions = new ChatCompletions(caller);
  }

  /** The answer to a conversation. `POST /chat/completions` */
  create(
    request: ChatCompletionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    return this.completions.create({ ...request, stream: undefined }, options);
  }

  /** The answer to a conversation, as it is written. `POST /chat/completions` with `stream: true` */
  createStream(
    request: ChatCompletionRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> {
    return this.completions.create({ ...request, stream: true }, options);
  }
}

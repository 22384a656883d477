import {
  type CallOptions,
  type CoreCaller,
  EventStream,
  type ResponsePromise,
  type StreamOptions,
  type WithRequestId,
} from '@integrations/provider';
import type { ChatCompletion } from './completions/chat-completion.ts';
import type { ChatCompletionChunk } from './completions/chat-completion-chunk.ts';
import type { ChatCompletionRequest } from './completions/chat-completion-request.ts';
import { CHAT } from './completions/chat-endpoints.ts';

/** `/chat`, as far as a core has it: answers, whole or as they are written. */
export class CoreChat {
  readonly #caller: CoreCaller;

  constructor(caller: CoreCaller) {
    this.#caller = caller;
  }

  /** The answer to a conversation. `POST /chat/completions` */
  create(
    request: ChatCompletionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    return this.#caller.call(CHAT.create, { body: { ...request, stream: undefined } }, options);
  }

  /** The chunks of the answer as it is written. `POST /chat/completions` with `stream: true` */
  createStream(
    request: ChatCompletionRequest,
    options?: StreamOptions,
  ): ResponsePromise<EventStream<ChatCompletionChunk>> {
    return this.#caller.stream(
      CHAT.createStream,
      { body: { ...request, stream: true } },
      options,
      (reader) => new EventStream(reader),
    );
  }
}

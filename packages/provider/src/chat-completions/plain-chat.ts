import type { CallOptions, StreamOptions } from '../call-options.ts';
import type { CoreCaller } from '../core-caller.ts';
import type { JsonEndpoint, StreamEndpoint } from '../endpoint.ts';
import { EventStream } from '../event-stream.ts';
import type { JsonCaller } from '../json-caller.ts';
import type { WithRequestId } from '../request-id.ts';
import type { ResponsePromise } from '../response-promise.ts';

/** Whole answers to conversations, and nothing else: for bundles in which every kilobyte counts. */
export class PlainChat<Request extends object, Completion extends object> {
  readonly #caller: JsonCaller;
  readonly #endpoint: JsonEndpoint<Request, Completion>;

  constructor(caller: JsonCaller, endpoint: JsonEndpoint<Request, Completion>) {
    this.#caller = caller;
    this.#endpoint = endpoint;
  }

  /** The answer to a conversation. */
  create(request: Request, options?: CallOptions): ResponsePromise<WithRequestId<Completion>> {
    return this.#caller.call(this.#endpoint, { body: { ...request, stream: undefined } }, options);
  }
}

/** Answers to conversations as they are written, chunk by chunk, and nothing else. */
export class PlainChatStreams<Request extends object, Chunk> {
  readonly #caller: CoreCaller;
  readonly #endpoint: StreamEndpoint<Request & { readonly stream: true }, Chunk>;

  constructor(
    caller: CoreCaller,
    endpoint: StreamEndpoint<Request & { readonly stream: true }, Chunk>,
  ) {
    this.#caller = caller;
    this.#endpoint = endpoint;
  }

  /** The chunks of the answer as it is written. */
  createStream(request: Request, options?: StreamOptions): ResponsePromise<EventStream<Chunk>> {
    const body = { ...request, stream: true } as const;
    return this.#caller.stream(
      this.#endpoint,
      { body },
      options,
      (reader) => new EventStream(reader),
    );
  }
}

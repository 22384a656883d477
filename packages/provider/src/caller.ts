import { callForBinary } from './binary-call.ts';
import type { BinaryResponse } from './binary-response.ts';
import type { CallOptions, StreamOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import { type CoreCaller, ModelCaller } from './core-caller.ts';
import type { BinaryEndpoint, Endpoint, EndpointRequest, ListEndpoint } from './endpoint.ts';
import { callForPage } from './list-call.ts';
import type { PagePromise } from './page-promise.ts';
import { callRaw, type RawAnswer, type RawRequest, type RawResults } from './raw-request.ts';
import type { WithRequestId } from './request-id.ts';
import type { ResponsePromise } from './response-promise.ts';
import { callForText } from './text-call.ts';

/** The functions that resources get instead of a client. */
export interface Caller extends CoreCaller {
  /** Makes a call that answers with plain text. */
  callForText<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options?: CallOptions,
  ): ResponsePromise<string>;
  /** Makes a call that answers with a list, a page at a time. */
  list<Item, Envelope extends object, Body>(
    endpoint: ListEndpoint<Item, Envelope, Body>,
    request: EndpointRequest<Body>,
    options?: CallOptions,
  ): PagePromise<Item, WithRequestId<Envelope>>;
  /** Makes a call that answers with a file. Resolves at its head. */
  binary<Body>(
    endpoint: BinaryEndpoint<Body>,
    request: EndpointRequest<Body>,
    options?: StreamOptions,
  ): ResponsePromise<BinaryResponse>;
  /** Makes a call that no endpoint describes, recorded as `request`. */
  request<Result = unknown, Answer extends RawAnswer = 'json'>(
    raw: RawRequest<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]>;
}

/** Calls of every kind. */
class ProviderCaller extends ModelCaller implements Caller {
  readonly #path: CallerOptions;

  constructor(path: CallerOptions) {
    super(path);
    this.#path = path;
  }

  callForText<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<string> {
    return callForText(this.#path, endpoint, request, options);
  }

  list<Item, Envelope extends object, Body>(
    endpoint: ListEndpoint<Item, Envelope, Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): PagePromise<Item, WithRequestId<Envelope>> {
    return callForPage(this.#path, endpoint, request, options);
  }

  binary<Body>(
    endpoint: BinaryEndpoint<Body>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
  ): ResponsePromise<BinaryResponse> {
    return callForBinary(this.#path, endpoint, request, options);
  }

  request<Result = unknown, Answer extends RawAnswer = 'json'>(
    raw: RawRequest<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return callRaw(this.#path, raw) as ResponsePromise<RawResults<Result>[Answer]>;
  }
}

/** Makes the functions that the resources of one client call. */
export function createCaller(path: CallerOptions): Caller {
  return new ProviderCaller(path);
}

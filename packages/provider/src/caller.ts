import type { Clock } from '@integrations/types';
import { callForBinary } from './binary-call.ts';
import type { BinaryResponse } from './binary-response.ts';
import type { CallOptions, StreamOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import type {
  BinaryEndpoint,
  Endpoint,
  EndpointRequest,
  JsonEndpoint,
  ListEndpoint,
  StreamEndpoint,
} from './endpoint.ts';
import type { EventReader } from './event-reader.ts';
import { callForNothing, callJson } from './json-call.ts';
import { callForPage } from './list-call.ts';
import type { PagePromise } from './page-promise.ts';
import { callRaw, type RawAnswer, type RawRequest, type RawResults } from './raw-request.ts';
import type { WithRequestId } from './request-id.ts';
import type { ResponsePromise } from './response-promise.ts';
import { callForStream } from './stream-call.ts';
import type { CalledTool } from './telemetry/tool-span.ts';
import { callForText } from './text-call.ts';

/** The functions that resources get instead of a client. */
export interface Caller {
  /** The client's source of time. */
  readonly clock: Clock;
  /** Makes a call that answers with one JSON object. */
  call<Body, Result extends object>(
    endpoint: JsonEndpoint<Body, Result>,
    request: EndpointRequest<Body>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Result>>;
  /** Makes a call whose answer says nothing but that it worked. */
  callForNothing<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options?: CallOptions,
  ): ResponsePromise<void>;
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
  /**
   * Makes a call that answers with events. Resolves at the first of them.
   *
   * @param open makes the stream that the caller gets.
   */
  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions | undefined,
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream>;
  /** Makes a call that no endpoint describes, recorded as `request`. */
  request<Result = unknown, Answer extends RawAnswer = 'json'>(
    raw: RawRequest<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]>;
  /**
   * Runs a tool that a model called, in a span `execute_tool {name}` that is current
   * meanwhile. What the tool gives or throws comes through.
   */
  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result>;
}

/**
 * The one path of every call: validate, draft, then attempts under its protection,
 * then the result, with the record of it all.
 */
class ProviderCaller implements Caller {
  readonly #client: CallerOptions;

  constructor(client: CallerOptions) {
    this.#client = client;
  }

  get clock(): Clock {
    return this.#client.clock;
  }

  call<Body, Result extends object>(
    endpoint: JsonEndpoint<Body, Result>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<WithRequestId<Result>> {
    return callJson(this.#client, endpoint, request, options);
  }

  callForNothing<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<void> {
    return callForNothing(this.#client, endpoint, request, options);
  }

  callForText<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<string> {
    return callForText(this.#client, endpoint, request, options);
  }

  list<Item, Envelope extends object, Body>(
    endpoint: ListEndpoint<Item, Envelope, Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): PagePromise<Item, WithRequestId<Envelope>> {
    return callForPage(this.#client, endpoint, request, options);
  }

  binary<Body>(
    endpoint: BinaryEndpoint<Body>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
  ): ResponsePromise<BinaryResponse> {
    return callForBinary(this.#client, endpoint, request, options);
  }

  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream> {
    return callForStream(this.#client, endpoint, request, options, open);
  }

  request<Result = unknown, Answer extends RawAnswer = 'json'>(
    raw: RawRequest<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return callRaw(this.#client, raw) as ResponsePromise<RawResults<Result>[Answer]>;
  }

  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result> {
    return this.#client.telemetry.runTool(tool, run);
  }
}

/** Makes the functions that the resources of one client call. */
export function createCaller(options: CallerOptions): Caller {
  return new ProviderCaller(options);
}

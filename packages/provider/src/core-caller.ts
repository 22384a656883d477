import type { Clock } from '@integrations/types';
import type { CallOptions, StreamOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import type { Endpoint, EndpointRequest, JsonEndpoint, StreamEndpoint } from './endpoint.ts';
import type { EventReader } from './event-reader.ts';
import { callForNothing, callJson } from './json-call.ts';
import type { WithRequestId } from './request-id.ts';
import type { ResponsePromise } from './response-promise.ts';
import { callForStream } from './stream-call.ts';
import type { CalledTool } from './telemetry/tool-span.ts';

/** The functions that resources get instead of a client, as far as calls to models need them. */
export interface CoreCaller {
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
export class ModelCaller implements CoreCaller {
  readonly #path: CallerOptions;

  /** @param path what the calls run through. */
  constructor(path: CallerOptions) {
    this.#path = path;
  }

  get clock(): Clock {
    return this.#path.clock;
  }

  call<Body, Result extends object>(
    endpoint: JsonEndpoint<Body, Result>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<WithRequestId<Result>> {
    return callJson(this.#path, endpoint, request, options);
  }

  callForNothing<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<void> {
    return callForNothing(this.#path, endpoint, request, options);
  }

  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream> {
    return callForStream(this.#path, endpoint, request, options, open);
  }

  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result> {
    return this.#path.telemetry.runTool(tool, run);
  }
}

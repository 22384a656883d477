import type { StreamOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import type { EndpointRequest, StreamEndpoint } from './endpoint.ts';
import type { EventReader } from './event-reader.ts';
import { type JsonCaller, WholeAnswerCaller } from './json-caller.ts';
import type { ResponsePromise } from './response-promise.ts';
import { callForStream } from './stream-call.ts';
import type { CalledTool } from './telemetry/tool-span.ts';

/** The functions that resources get instead of a client, as far as calls to models need them. */
export interface CoreCaller extends JsonCaller {
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

/** Calls whose answers are JSON, whole or event by event. */
export class ModelCaller extends WholeAnswerCaller implements CoreCaller {
  readonly #path: CallerOptions;

  constructor(path: CallerOptions) {
    super(path);
    this.#path = path;
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

/** Makes the functions for streams and tools, which bundles without them do not hold. */
export function createStreamCaller(path: CallerOptions): CoreCaller {
  return new ModelCaller(path);
}

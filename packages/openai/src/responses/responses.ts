import type {
  Caller,
  CallOptions,
  EventReader,
  OutputOf,
  ResponsePromise,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../bracket-query.ts';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import { InputItems } from './input-items/input-items.ts';
import { InputTokens } from './input-tokens/input-tokens.ts';
import type { ParsedResponse } from './parsed-response.ts';
import { ParsedResponseStream } from './parsed-response-stream.ts';
import type { CompactedResponse, Response } from './response.ts';
import {
  CANCEL,
  COMPACT,
  CREATE,
  CREATE_STREAM,
  DELETE,
  RETRIEVE,
  RETRIEVE_STREAM,
} from './response-endpoints.ts';
import { ResponseOutputs } from './response-outputs.ts';
import type {
  ResponseCompactRequest,
  ResponseCreateRequest,
  ResponseParseRequest,
  ResponseRequest,
  ResponseRetrieveQuery,
  ResponseRetrieveStreamQuery,
  ResponseStreamRequest,
  TextFormat,
} from './response-request.ts';
import { ResponseStream } from './response-stream.ts';
import type { ResponseToolRun } from './tool-run/response-tool-run.ts';
import type { StreamedResponseToolRunStep } from './tool-run/response-tool-run-step.ts';
import {
  createResponseToolRun,
  type ResponseRunToolsOptions,
  type ResponseRunToolsRequest,
} from './tool-run/run-response-tools.ts';

type ResponseAnswer = ResponsePromise<WithRequestId<Response>>;

/** `/responses`. */
export class Responses {
  /** `/responses/{response_id}/input_items`: what a response was made from. */
  readonly inputItems: InputItems;
  /** `/responses/input_tokens`: how many tokens an input has. */
  readonly inputTokens: InputTokens;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.inputItems = new InputItems(caller);
    this.inputTokens = new InputTokens(caller);
  }

  /** The response as a stream. `POST /responses` */
  create(request: ResponseStreamRequest, options?: StreamOptions): ResponsePromise<ResponseStream>;
  /** The whole response; with `background: true`, one that is still to come. `POST /responses` */
  create(
    request: ResponseCreateRequest & { readonly stream?: false | null | undefined },
    options?: CallOptions,
  ): ResponseAnswer;
  create(
    request: ResponseCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ResponseStream> | ResponseAnswer;
  create(
    request: ResponseCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ResponseStream> | ResponseAnswer {
    return isStreaming(request)
      ? this.#caller.stream(CREATE_STREAM, { body: request }, options, openResponseStream)
      : this.#caller.call(CREATE, { body: request }, options);
  }

  /** The response as a stream. `POST /responses` with `stream: true` */
  createStream(request: ResponseRequest, options?: StreamOptions): ResponsePromise<ResponseStream> {
    return this.create({ ...request, stream: true }, options);
  }

  /**
   * The response, read by the schema of a `text.format` that `zodTextFormat` or
   * `standardTextFormat` made: `output_parsed`. `POST /responses`
   *
   * @throws RefusalError, LengthFinishReasonError or ContentFilterError for an answer that
   *   cannot be read, InvalidOutputError for one that does not fit, and the typed error of
   *   a response that failed.
   */
  parse<Format extends TextFormat | undefined = undefined>(
    request: ResponseParseRequest<Format>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ParsedResponse<OutputOf<Format>>>> {
    const body = { ...request, stream: undefined };
    return this.#caller.call(CREATE, { body }, options).map((response) => {
      const outputs = new ResponseOutputs<OutputOf<Format>>(request);
      const place = { call: 'openai responses.parse', requestId: response.requestId };
      return outputs.parse(response, place);
    });
  }

  /** The same response as a stream: `finalResponse()` reads it. `POST /responses` */
  stream<Format extends TextFormat | undefined = undefined>(
    request: ResponseParseRequest<Format>,
    options?: StreamOptions,
  ): ResponsePromise<ParsedResponseStream<OutputOf<Format>>> {
    return this.#openStream(request, () => new ResponseOutputs<OutputOf<Format>>(request), options);
  }

  /**
   * Goes on until the model answers without calling a function of yours. Nothing is sent
   * until the run is read, or asked for its end. The API keeps what was said; with
   * `store: false` it is sent with each request. `POST /responses`, repeated
   *
   * @throws ValidationError for tools that cannot be run.
   */
  runTools<Format extends TextFormat | undefined = undefined>(
    request: ResponseRunToolsRequest<Format> & { readonly stream: true },
    options?: ResponseRunToolsOptions,
  ): ResponseToolRun<OutputOf<Format>, StreamedResponseToolRunStep<OutputOf<Format>>>;
  runTools<Format extends TextFormat | undefined = undefined>(
    request: ResponseRunToolsRequest<Format> & { readonly stream?: false | null | undefined },
    options?: ResponseRunToolsOptions,
  ): ResponseToolRun<OutputOf<Format>>;
  runTools<Format extends TextFormat | undefined = undefined>(
    request: ResponseRunToolsRequest<Format>,
    options: ResponseRunToolsOptions = {},
  ): unknown {
    return createResponseToolRun(request, options, {
      create: (body, callOptions) => this.create({ ...body, stream: undefined }, callOptions),
      stream: (body, outputs, callOptions) => this.#openStream(body, () => outputs, callOptions),
      runTool: (tool, run) => this.#caller.runTool(tool, run),
    });
  }

  /**
   * The events of a response that was made with `background` and `stream`, from the
   * first or from behind `starting_after`. `GET /responses/{response_id}`
   *
   * @throws NotFoundError when the API keeps no such response.
   */
  retrieve(
    responseId: string,
    query: ResponseRetrieveStreamQuery,
    options?: StreamOptions,
  ): ResponsePromise<ResponseStream>;
  /**
   * A response as it stands. `GET /responses/{response_id}`
   *
   * @throws NotFoundError when the API keeps no such response.
   */
  retrieve(
    responseId: string,
    query?: (ResponseRetrieveQuery & { readonly stream?: false | undefined }) | null,
    options?: CallOptions,
  ): ResponseAnswer;
  retrieve(
    responseId: string,
    query?: ResponseRetrieveQuery | null,
    options?: StreamOptions,
  ): ResponsePromise<ResponseStream> | ResponseAnswer;
  retrieve(
    responseId: string,
    query?: ResponseRetrieveQuery | null,
    options?: StreamOptions,
  ): ResponsePromise<ResponseStream> | ResponseAnswer {
    const request = { params: { response_id: responseId }, query: bracketQuery(query) };
    return query?.stream === true
      ? this.#caller.stream(RETRIEVE_STREAM, request, options, openResponseStream)
      : this.#caller.call(RETRIEVE, request, options);
  }

  /** Deletes a response. `DELETE /responses/{response_id}` @throws NotFoundError when there is no such response. */
  delete(responseId: string, options?: CallOptions): ResponsePromise<void> {
    return this.#caller.callForNothing(DELETE, { params: { response_id: responseId } }, options);
  }

  /**
   * Stops a response that was made with `background: true`.
   * `POST /responses/{response_id}/cancel`
   *
   * @throws BadRequestError when it cannot be stopped any more, or never could.
   */
  cancel(responseId: string, options?: CallOptions): ResponseAnswer {
    return this.#caller.call(CANCEL, { params: { response_id: responseId } }, options);
  }

  /** Makes a long conversation small: go on with the `output`. `POST /responses/compact` */
  compact(
    request: ResponseCompactRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<CompactedResponse>> {
    return this.#caller.call(COMPACT, { body: request }, options);
  }

  #openStream<Output>(
    request: ResponseRequest,
    outputs: () => ResponseOutputs<Output>,
    options: StreamOptions | undefined,
  ): ResponsePromise<ParsedResponseStream<Output>> {
    const body: ResponseStreamRequest = { ...request, stream: true };
    const open = (reader: EventReader<ResponseStreamEvent>): ParsedResponseStream<Output> =>
      new ParsedResponseStream(reader, outputs());
    return this.#caller.stream(CREATE_STREAM, { body }, options, open);
  }
}

function openResponseStream(reader: EventReader<ResponseStreamEvent>): ResponseStream {
  return new ResponseStream(reader);
}

function isStreaming(request: ResponseCreateRequest): request is ResponseStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream === true;
}

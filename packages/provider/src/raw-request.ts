import type { ServerSentEvent } from '@integrations/transport';
import type { HttpMethod } from '@integrations/types';
import { callForBinary } from './binary-call.ts';
import { type BodyEncoding, JSON_BODY } from './body-encoding.ts';
import type { BinaryResponse } from './binary-response.ts';
import type { StreamOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import type { Endpoint, EndpointRequest, StreamEndpoint } from './endpoint.ts';
import { EventStream } from './event-stream.ts';
import { FORM_BODY } from './form-body.ts';
import { callForAnyJson } from './json-call.ts';
import { RAW_BODY } from './raw-body.ts';
import type { ResponsePromise } from './response-promise.ts';
import { callForStream } from './stream-call.ts';

/** How the answer to a raw request is read. */
export type RawAnswer = 'json' | 'events' | 'binary';

/** How the body of a raw request is sent. */
export type RawEncoding = 'json' | 'multipart' | 'raw';

const ENCODINGS: Readonly<Record<RawEncoding, BodyEncoding>> = {
  json: JSON_BODY,
  multipart: FORM_BODY,
  raw: RAW_BODY,
};

/** A request to a part of the API that the client has no method for. */
export interface RawRequest<Answer extends RawAnswer = RawAnswer>
  extends
    EndpointRequest,
    // A call's own query adds to the request's; here they are the same.
    Omit<StreamOptions, 'query'> {
  readonly method: HttpMethod;
  /** Below the base URL; parameters in braces are filled in from `params`: `/models/{model}`. */
  readonly path: string;
  /** How the body is sent: as JSON, as a form, or as the text, bytes or stream that it is. @default 'json' */
  readonly encoding?: RawEncoding;
  /**
   * How the answer is read: as JSON of any form, undefined where there is none; as
   * server-sent events, as they come; or as a file.
   *
   * @default 'json'
   */
  readonly as?: Answer;
}

/** What a raw request resolves with. `Result` is what the caller knows of the JSON: it is not checked. */
export interface RawResults<Result> {
  readonly json: Result;
  readonly events: EventStream<ServerSentEvent>;
  readonly binary: BinaryResponse;
}

const asTheyCome: StreamEndpoint<unknown, ServerSentEvent>['decode'] = (event) => event;

/** Makes a raw request, with everything around it that other calls have. */
export function callRaw(client: CallerOptions, raw: RawRequest): ResponsePromise<unknown> {
  const { method, path, encoding = 'json', as = 'json', params, query, body, ...options } = raw;
  const endpoint: Endpoint = {
    operation: 'request',
    method,
    path,
    encoding: ENCODINGS[encoding],
  };
  const request: EndpointRequest = {
    body,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
  };
  if (as === 'binary') return callForBinary(client, endpoint, request, options);
  if (as === 'json') return callForAnyJson(client, endpoint, request, options);
  return callForStream(
    client,
    { ...endpoint, decode: asTheyCome, endsUnmarked: true },
    request,
    options,
    (reader) => new EventStream(reader),
  );
}

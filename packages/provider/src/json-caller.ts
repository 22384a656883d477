import type { Clock } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import type { CallerOptions } from './caller-options.ts';
import type { Endpoint, EndpointRequest, JsonEndpoint } from './endpoint.ts';
import { callForNothing, callJson } from './json-call.ts';
import type { WithRequestId } from './request-id.ts';
import type { ResponsePromise } from './response-promise.ts';

/** The functions that resources get instead of a client, as far as answers are JSON. */
export interface JsonCaller {
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
}

/**
 * The one path of every call: validate, draft, then attempts under its protection,
 * then the result, with the record of it all.
 */
export class WholeAnswerCaller implements JsonCaller {
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
}

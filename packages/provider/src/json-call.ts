import type { HttpResponse } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import { CallRun } from './call-run.ts';
import type { CallerOptions } from './caller-options.ts';
import type { Endpoint, EndpointRequest, JsonEndpoint } from './endpoint.ts';
import { type JsonExpectation, readJson, readJsonValue } from './json-body.ts';
import { attachRequestId, type WithRequestId } from './request-id.ts';
import { ResponsePromise } from './response-promise.ts';
import { wholeAnswer } from './whole-answer.ts';

/** What an answer has to be. */
export function expectation<Body, Result extends object>(
  run: CallRun<Body>,
  { resultKey }: JsonEndpoint<Body, Result>,
  response: HttpResponse,
): JsonExpectation {
  return {
    call: run.record.call,
    requestId: run.requestId(response.headers),
    resultKey,
    toApiError: (error) => run.apiErrorFor(response, error),
  };
}

/** The result in the body of an answer. */
export function decodeJson<Body, Result extends object>(
  run: CallRun<Body>,
  endpoint: JsonEndpoint<Body, Result>,
  response: HttpResponse,
): Result {
  const body = readJson(response, expectation(run, endpoint, response)) as Result;
  const result = endpoint.toResult?.(body) ?? body;
  endpoint.collect?.(result, run.record.facts);
  return result;
}

/** A call that answers with one JSON object. */
export function callJson<Body, Result extends object>(
  client: CallerOptions,
  endpoint: JsonEndpoint<Body, Result>,
  request: EndpointRequest<Body>,
  options: CallOptions,
): ResponsePromise<WithRequestId<Result>> {
  const run = new CallRun(client, endpoint, request, options);
  const { head, reader } = wholeAnswer(run, (response) =>
    attachRequestId(decodeJson(run, endpoint, response), run.requestId(response.headers)),
  );
  return ResponsePromise.of(head, reader);
}

/** A call whose answer says nothing but that it worked; a body it may have is dropped. */
export function callForNothing<Body>(
  client: CallerOptions,
  endpoint: Endpoint<Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
): ResponsePromise<void> {
  const run = new CallRun(client, endpoint, request, options);
  const { head, reader } = wholeAnswer(run, () => undefined);
  return ResponsePromise.of(head, reader);
}

/** A call that answers with any JSON value, or with nothing. */
export function callForAnyJson(
  client: CallerOptions,
  endpoint: Endpoint,
  request: EndpointRequest,
  options: CallOptions,
): ResponsePromise<unknown> {
  const run = new CallRun(client, endpoint, request, options);
  const { head, reader } = wholeAnswer(run, (response) => {
    if (response.body.length === 0) return undefined;
    const requestId = run.requestId(response.headers);
    const value = readJsonValue(response, { call: run.record.call, requestId });
    return typeof value === 'object' && value !== null ? attachRequestId(value, requestId) : value;
  });
  return ResponsePromise.of(head, reader);
}

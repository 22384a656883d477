import { UnexpectedContentTypeError } from '@integrations/errors';
import type { HttpResponse } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import { CallRun } from './call-run.ts';
import type { CallerOptions } from './caller-options.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';
import { quoteStart, readAnyBody } from './json-body.ts';
import { ResponsePromise } from './response-promise.ts';
import { wholeAnswer } from './whole-answer.ts';

const decoder = new TextDecoder();

function hasError(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'error' in body && Boolean(body.error);
}

/** @throws the error in the body, or UnexpectedContentTypeError for a web page. */
function readText<Body>(run: CallRun<Body>, response: HttpResponse): string {
  const { status, headers, body } = response;
  const contentType = headers['content-type'] ?? '';
  const text = decoder.decode(body);
  if (/\bhtml\b/i.test(contentType)) {
    throw new UnexpectedContentTypeError(
      `${run.record.call}: expected text, but the server answered ${status} with ${contentType}: ${quoteStart(text)}. Is \`baseURL\` the API's?`,
      { status, requestId: run.requestId(headers) },
    );
  }
  const value = /[/+]json\b/i.test(contentType) ? readAnyBody(body) : undefined;
  if (hasError(value)) throw run.apiErrorFor(response, value);
  // Some servers write the text as JSON.
  return typeof value === 'string' ? value : text;
}

/** A call that answers with plain text. */
export function callForText<Body>(
  client: CallerOptions,
  endpoint: Endpoint<Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
): ResponsePromise<string> {
  const run = new CallRun(client, endpoint, request, options);
  const { head, reader } = wholeAnswer(run, (response) => readText(run, response));
  return ResponsePromise.of(head, reader);
}

import type { HttpResponse } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import { CallRun } from './call-run.ts';
import type { CallerOptions } from './caller-options.ts';
import type { EndpointRequest, ListEndpoint } from './endpoint.ts';
import { readJsonList } from './json-body.ts';
import { decodeJson, expectation } from './json-call.ts';
import { CursorTrail, ListPage, type Page } from './page.ts';
import { PagePromise } from './page-promise.ts';
import { attachRequestId, type WithRequestId } from './request-id.ts';
import { wholeAnswer } from './whole-answer.ts';

function itemsOf<Item>(envelope: object): Item[] {
  const { data } = envelope as { readonly data?: Item[] };
  return data ?? [];
}

/** What the API sent, or what stands for it around bare items. */
function decodeEnvelope<Item, Envelope extends object, Body>(
  run: CallRun<Body>,
  endpoint: ListEndpoint<Item, Envelope, Body>,
  response: HttpResponse,
): Envelope {
  if (endpoint.isBare !== true) return decodeJson(run, endpoint, response);
  const envelope: object = { data: readJsonList(response, expectation(run, endpoint, response)) };
  return envelope as Envelope;
}

/** A call that answers with a page of a list. */
export function callForPage<Item, Envelope extends object, Body>(
  client: CallerOptions,
  endpoint: ListEndpoint<Item, Envelope, Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
  cursors: CursorTrail = new CursorTrail(),
): PagePromise<Item, WithRequestId<Envelope>> {
  const run = new CallRun(client, endpoint, request, options);
  const toPage = (response: HttpResponse): Page<Item, WithRequestId<Envelope>> => {
    const envelope = decodeEnvelope(run, endpoint, response);
    const page = ListPage.of<Item, WithRequestId<Envelope>>({
      envelope,
      items: endpoint.items?.(envelope) ?? itemsOf<Item>(envelope),
      query: request.query ?? {},
      style: endpoint.pages,
      cursors,
      fetch: (query, trail) => callForPage(client, endpoint, { ...request, query }, options, trail),
      signal: options.signal,
      call: run.record.call,
    });
    return attachRequestId(page, run.requestId(response.headers));
  };
  const { head, reader } = wholeAnswer(run, toPage);
  return PagePromise.ofPage(head, reader);
}

import { AbortedError, ProtocolError, ValidationError } from '@integrations/errors';
import type { MockReply } from '@integrations/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import type { CallOptions } from './call-options.ts';
import type { ListEndpoint } from './endpoint.ts';
import { failure } from './manual-response.test.support.ts';
import type { PagePromise } from './page-promise.ts';
import { AFTER_LAST_ITEM, byPageNumber } from './page-style.ts';
import type { WithRequestId } from './request-id.ts';

interface Thing {
  readonly id: string;
}

interface Things {
  readonly object: 'list';
  readonly data: Thing[];
  readonly has_more: boolean;
}

const LIST: ListEndpoint<Thing, Things> = {
  operation: 'things.list',
  method: 'GET',
  path: '/things',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

function page(ids: readonly string[], more: boolean, requestId?: string): MockReply {
  const json = { object: 'list', data: ids.map((id) => ({ id })), has_more: more };
  return { json, ...(requestId === undefined ? {} : { headers: { 'x-request-id': requestId } }) };
}

/** A harness whose list has these pages. */
function listOf(pages: readonly (readonly string[])[], attempts = 1): AcmeHarness {
  const h = new AcmeHarness({ attempts });
  pages.forEach((ids, index) => {
    h.transport.reply(() => page(ids, index < pages.length - 1, `req_${index}`));
  });
  return h;
}

function list(h: AcmeHarness, options?: CallOptions): PagePromise<Thing, WithRequestId<Things>> {
  return h.caller.list(LIST, { query: { limit: 2 } }, options);
}

function bareList(h: AcmeHarness): PagePromise<string, { data: string[] }> {
  const endpoint: ListEndpoint<string, { data: string[] }> = {
    operation: 'names.list',
    method: 'GET',
    path: '/names',
    pages: byPageNumber({ first: 0, pageSize: 2 }),
    isBare: true,
  };
  return h.caller.list(endpoint, {});
}

async function idsOf(things: AsyncIterable<Thing>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of things) ids.push(id);
  return ids;
}

function queriesOf(h: AcmeHarness): string[] {
  return h.transport.requests.map(({ url }) => new URL(url).search);
}

describe('a list', () => {
  it('gives all items without awaiting the first page', async () => {
    const h = listOf([['a', 'b'], ['c', 'd'], ['e']]);
    expect(await idsOf(list(h))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(queriesOf(h)).toEqual(['?limit=2', '?limit=2&after=b', '?limit=2&after=d']);
    expect(h.endings).toEqual(['ok', 'ok', 'ok']);
  });

  it('gives all items of any pages, each once and in order', async () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (all, size) => {
        const pages = Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, n) =>
          all.slice(n * size, (n + 1) * size),
        );
        const h = listOf(pages);
        expect(await idsOf(list(h))).toEqual(all);
        expect(h.transport.remaining).toBe(0);
      }),
    );
  });

  it('gives a page as the API sent it, with its request id', async () => {
    const h = listOf([['a', 'b'], ['c']]);
    const first = await list(h);
    expect(JSON.parse(JSON.stringify(first))).toEqual({
      object: 'list',
      data: [{ id: 'a' }, { id: 'b' }],
      has_more: true,
    });
    expect([first.requestId, first.has_more, first.hasNextPage()]).toEqual(['req_0', true, true]);
    const last = await first.getNextPage();
    expect([last.requestId, last.data, last.hasNextPage()]).toEqual([
      'req_1',
      [{ id: 'c' }],
      false,
    ]);
    const error = await failure(last.getNextPage());
    expect(error).toBeInstanceOf(ValidationError);
    expect(h.transport.requests).toHaveLength(2);
  });

  it('gives the response of a page', async () => {
    const { data, response, requestId } = await list(listOf([['a']])).withResponse();
    expect([data.data, response.status, requestId]).toEqual([[{ id: 'a' }], 200, 'req_0']);
  });

  it('gives page after page', async () => {
    const h = listOf([['a'], ['b'], ['c']]);
    const seen: string[][] = [];
    for await (const { data } of (await list(h)).iteratePages())
      seen.push(data.map(({ id }) => id));
    expect(seen).toEqual([['a'], ['b'], ['c']]);
  });

  it('asks for no page before it is needed', async () => {
    const h = listOf([['a', 'b'], ['c']]);
    for await (const { id } of list(h)) if (id === 'b') break;
    expect(h.transport.requests).toHaveLength(1);
  });

  it('gives the same page again when it is asked for again', async () => {
    const h = listOf([['a'], ['b'], ['b'], ['c']]);
    const first = await list(h);
    const [one, two] = [await first.getNextPage(), await first.getNextPage()];
    expect(one.data).toEqual(two.data);
    expect((await two.getNextPage()).data).toEqual([{ id: 'c' }]);
  });

  it.each<[string, readonly (readonly string[])[]]>([
    ['the same cursor', [['a'], ['a'], ['a']]],
    ['a circle of cursors', [['a'], ['b'], ['c'], ['a'], ['b']]],
  ])('is not read for ever when the API gives %s', async (_name, pages) => {
    const h = listOf([...pages, ['never'], ['never']]);
    const error = await failure(idsOf(list(h)));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({
      retryable: false,
      message: expect.stringContaining('"after":"a"'),
    });
    expect(h.transport.requests.length).toBeLessThan(pages.length + 1);
  });

  it('goes the whole way for each page, with the call’s options', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport
      .reply(() => page(['a'], true))
      .respond({ status: 500 })
      .reply(() => page(['b'], false));
    expect(await idsOf(list(h, { headers: { 'x-team': 'red' } }))).toEqual(['a', 'b']);
    expect(h.transport.requests.map(({ headers }) => headers['x-team'])).toEqual([
      'red',
      'red',
      'red',
    ]);
    expect(h.endings).toEqual(['ok', 'ok']);
  });

  it.each([
    ['between items', 'a', 1],
    ['between pages', 'b', 1],
  ])('stops when it is aborted %s', async (_name, at, requests) => {
    const h = listOf([['a', 'b'], ['c']]);
    const controller = new AbortController();
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { id } of list(h, { signal: controller.signal })) {
        seen.push(id);
        if (id === at) controller.abort();
      }
    };
    expect(await failure(read())).toBeInstanceOf(AbortedError);
    expect(seen.at(-1)).toBe(at);
    expect(h.transport.requests).toHaveLength(requests);
  });

  it('throws what the call of a page throws', async () => {
    const h = new AcmeHarness();
    h.transport.reply(() => page(['a'], true)).respond({ status: 404 });
    expect(await failure(idsOf(list(h)))).toMatchObject({ code: 'not_found' });
  });

  it('finds items elsewhere, and counts pages', async () => {
    const h = new AcmeHarness();
    h.transport
      .respond({ json: { jobs: ['a', 'b'], total: 3 } })
      .respond({ json: { jobs: ['c'], total: 3 } });
    const jobs = h.caller.list<string, { jobs: string[]; total: number }, undefined>(
      {
        operation: 'jobs.list',
        method: 'GET',
        path: '/jobs',
        resultKey: 'jobs',
        pages: byPageNumber({ first: 0, pageSize: 2 }),
        items: (envelope) => envelope.jobs,
      },
      {},
    );
    const seen: string[] = [];
    for await (const job of jobs) seen.push(job);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(queriesOf(h)).toEqual(['', '?page=1']);
  });

  it('takes bare items, and asks for more while pages are full', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: ['a', 'b'] }).respond({ json: ['c'] });
    const first = await bareList(h);
    expect(JSON.parse(JSON.stringify(first))).toEqual({ data: ['a', 'b'] });
    const seen: string[] = [];
    for await (const name of first) seen.push(name);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(queriesOf(h)).toEqual(['', '?page=1']);
  });

  it.each<[string, unknown, object]>([
    ['no list', { data: ['a'] }, { code: 'protocol', message: expect.stringContaining('no list') }],
    ['null', null, { code: 'protocol' }],
    ['an error', { error: { message: 'no' } }, { provider: 'acme' }],
  ])('tells %s from bare items', async (_name, json, error) => {
    const h = new AcmeHarness();
    h.transport.respond({ json });
    expect(await failure(bareList(h))).toMatchObject(error);
  });

  it('keeps its own methods whatever the API sends', async () => {
    const h = new AcmeHarness();
    h.transport.respond({
      text: '{"data":[],"hasNextPage":1,"__proto__":{"polluted":1}}',
      headers: { 'content-type': 'application/json' },
    });
    const got = await list(h);
    expect(got.hasNextPage()).toBe(false);
    expect('polluted' in got).toBe(false);
  });
});

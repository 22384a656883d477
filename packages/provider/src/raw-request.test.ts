import { ProtocolError } from '@integrations/errors';
import type { MockResponse } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import { failure } from './manual-response.test.support.ts';

describe('a raw request', () => {
  it('takes the way of every call', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport
      .respond({ status: 500 })
      .respond({ json: { a: 1 }, headers: { 'x-request-id': 'req_1' } });
    const raw = h.caller.request<{ a: number; requestId?: string }>({
      method: 'POST',
      path: '/new/{thing}',
      params: { thing: 'x/y' },
      query: { limit: 1 },
      body: { b: 2 },
      headers: { 'X-Beta': 'on' },
      idempotencyKey: 'key',
    });
    const result = await raw;
    expect([result.a, result.requestId]).toEqual([1, 'req_1']);
    expect(h.transport.requests[1]).toMatchObject({
      method: 'POST',
      url: 'https://api.acme.test/v1/new/x%2Fy?limit=1',
      body: '{"b":2}',
      headers: { 'x-beta': 'on', 'idempotency-key': 'key', 'content-type': 'application/json' },
    });
    expect(h.tracer.spans[0]?.name).toBe('acme.request');
    expect(h.endings).toEqual(['ok']);
  });

  it.each<[string, MockResponse, unknown]>([
    ['a list', { json: [1] }, [1]],
    ['a text', { json: 'x' }, 'x'],
    ['null', { json: null }, null],
    [
      'what has an error in it',
      { json: { status: 'failed', error: { code: 1 } } },
      { status: 'failed', error: { code: 1 } },
    ],
    ['nothing', { status: 204 }, undefined],
  ])('gives %s', async (_name, answer, result) => {
    const h = new AcmeHarness();
    h.transport.respond(answer);
    expect(await h.caller.request({ method: 'GET', path: '/x' })).toEqual(result);
  });

  it('refuses what is no JSON', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ text: '<html>', headers: { 'content-type': 'text/html' } });
    const call = h.caller.request({ method: 'GET', path: '/x' });
    expect(await failure(call)).toBeInstanceOf(ProtocolError);
  });

  it('gives events as they come, to the end of the stream', async () => {
    const h = new AcmeHarness();
    h.transport.stream(['event: a\ndata: 1\n\ndata: [DO', 'NE]\n\n']);
    const events = await h.caller.request({ method: 'GET', path: '/x', as: 'events' });
    const seen: unknown[] = [];
    for await (const { event, data } of events) seen.push([event, data]);
    expect(seen).toEqual([
      ['a', '1'],
      ['message', '[DONE]'],
    ]);
    expect(events.state).toBe('completed');
  });

  it('gives a file', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ body: Buffer.from('abc') });
    const file = await h.caller.request({ method: 'GET', path: '/x', as: 'binary' });
    expect(await file.text()).toBe('abc');
  });

  it('sends a body as it is', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: {} }).respond({ json: {} });
    const headers = { 'content-type': 'application/sdp' };
    const raw = { method: 'POST', path: '/x', encoding: 'raw' } as const;
    await h.caller.request({ ...raw, body: 'v=0', headers });
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('v=1');
    };
    await h.caller.request({ ...raw, body: { contentType: 'application/sdp', stream } });
    const sent = h.transport.requests.map(({ body, headers: { 'content-type': type } }) => [
      type,
      typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString(),
    ]);
    expect(sent).toEqual([
      ['application/sdp', 'v=0'],
      ['application/sdp', 'v=1'],
    ]);
  });
});

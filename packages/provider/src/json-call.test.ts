import type { MockResponse } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import type { Endpoint, JsonEndpoint } from './endpoint.ts';
import { failure } from './manual-response.test.support.ts';

const DELETE: Endpoint<undefined> = {
  operation: 'files.delete',
  method: 'DELETE',
  path: '/files/{file_id}',
};

describe('a call that answers with nothing', () => {
  it.each<[string, MockResponse]>([
    ['nothing', { status: 204 }],
    ['an empty body', {}],
    ['something', { text: 'OK' }],
  ])('is content with %s', async (_name, answer) => {
    const h = new AcmeHarness();
    h.transport.respond(answer);
    expect(await h.caller.callForNothing(DELETE, { params: { file_id: 'f' } })).toBeUndefined();
    expect(h.endings).toEqual(['ok']);
  });

  it('throws for an error status', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ status: 404 });
    const call = h.caller.callForNothing(DELETE, { params: { file_id: 'f' } });
    expect(await failure(call)).toMatchObject({ code: 'not_found' });
  });
});

describe('an endpoint without a result key', () => {
  const ANY: JsonEndpoint<undefined, Record<string, unknown>> = { ...DELETE };

  it.each([[{}], [{ deleted: true, error: null }]])('is content with %j', async (json) => {
    const h = new AcmeHarness();
    h.transport.respond({ json });
    expect(await h.caller.call(ANY, { params: { file_id: 'f' } })).toEqual(json);
  });

  it.each<[string, MockResponse, string]>([
    ['a list', { json: [] }, 'protocol'],
    ['a text', { json: 'ok' }, 'protocol'],
    ['nothing', {}, 'protocol'],
    ['an error', { json: { error: { message: 'no' } } }, 'unexpected_status'],
  ])('refuses %s', async (_name, answer, code) => {
    const h = new AcmeHarness();
    h.transport.respond(answer);
    expect(await failure(h.caller.call(ANY, { params: { file_id: 'f' } }))).toMatchObject({ code });
  });
});

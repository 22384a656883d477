import { UnexpectedContentTypeError } from '@integrations/errors';
import type { MockResponse } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import type { Endpoint } from './endpoint.ts';
import { failure } from './manual-response.test.support.ts';

const TRANSLATE: Endpoint<undefined> = {
  operation: 'texts.retrieve',
  method: 'GET',
  path: '/text',
};

const answer = (contentType: string, text: string): MockResponse => ({
  text,
  headers: { 'content-type': contentType, 'x-request-id': 'req_1' },
});

describe('callForText', () => {
  it.each([
    ['plain text', 'text/plain; charset=utf-8', 'Größe\n', 'Größe\n'],
    ['nothing', 'text/plain', '', ''],
    ['what looks like JSON', 'text/plain', '{"error":{}}', '{"error":{}}'],
    ['a text in JSON', 'application/json', '"hi"', 'hi'],
    ['any other JSON', 'application/json', '{"text":"hi"}', '{"text":"hi"}'],
    ['broken JSON', 'application/json', '{"text', '{"text'],
  ])('gives %s', async (_name, contentType, text, result) => {
    const h = new AcmeHarness();
    h.transport.respond(answer(contentType, text));
    expect(await h.caller.callForText(TRANSLATE, {})).toBe(result);
    expect(h.endings).toEqual(['ok']);
  });

  it('refuses a web page', async () => {
    const h = new AcmeHarness();
    h.transport.respond(answer('text/html', '<html>Sign in</html>'));
    const error = await failure(h.caller.callForText(TRANSLATE, {}));
    expect(error).toBeInstanceOf(UnexpectedContentTypeError);
    expect(error).toMatchObject({ status: 200, requestId: 'req_1' });
  });

  it('throws an error that came with a success status', async () => {
    const h = new AcmeHarness();
    h.transport.respond(answer('application/json', '{"error":{"message":"no"}}'));
    expect(await failure(h.caller.callForText(TRANSLATE, {}))).toMatchObject({
      provider: 'acme',
      requestId: 'req_1',
    });
  });
});

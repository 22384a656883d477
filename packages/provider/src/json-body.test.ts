import { InvalidJsonError, ProtocolError, UnexpectedContentTypeError } from '@integrations/errors';
import type { HttpResponse } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { readJsonValue } from './json-body.ts';

function read(text: string, contentType?: string): unknown {
  const headers: HttpResponse['headers'] =
    contentType === undefined ? {} : { 'content-type': contentType };
  const response = { status: 200, headers, body: new TextEncoder().encode(text) };
  return readJsonValue(response as HttpResponse, { call: 'acme works.create', requestId: 'req_1' });
}

describe('readJsonValue', () => {
  it.each([
    undefined,
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/vnd.acme+json',
  ])('reads JSON that comes as %s, with blanks around it', (contentType) => {
    expect(read('\r\n {"a":[1]}\n', contentType)).toEqual({ a: [1] });
  });

  it.each(['text/html', 'text/plain', 'application/jsonp', ''])(
    'does not take %s for JSON, though it could be read',
    (contentType) => {
      expect(() => read('{"a":1}', contentType)).toThrow(UnexpectedContentTypeError);
    },
  );

  it.each([undefined, 'application/json', 'text/html'])(
    'tells of an empty body before all else, as %s',
    (contentType) => {
      for (const text of ['', ' \n', '\u00A0']) {
        expect(() => read(text, contentType)).toThrow(ProtocolError);
        expect(() => read(text, contentType)).toThrow(/200 with an empty body/);
      }
    },
  );

  it('tells of broken JSON, and of which call', () => {
    expect(() => read('{"a":', 'application/json')).toThrow(InvalidJsonError);
    expect(() => read('{"a":')).toThrow(/^acme works\.create: .*not valid JSON: "\{\\"a\\":"$/);
  });
});

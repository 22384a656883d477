import { ValidationError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftRequest, type HttpDraft } from './http-draft.ts';

function draft(path: string, params?: Record<string, string>): HttpDraft {
  const defaults = { baseURL: 'https://host/v1', headers: {}, query: {} };
  const endpoint = { operation: 'a.b', method: 'GET' as const, path };
  const request = params === undefined ? {} : { params };
  return draftRequest(defaults, endpoint, request, {}, 'application/json', 'acme a.b');
}

describe('draftRequest', () => {
  it.each<[string, Record<string, string> | undefined, string]>([
    ['/models', undefined, '/models'],
    ['/models/{model}', { model: 'small' }, '/models/small'],
    ['/a/{x}/b/{y}', { x: '1', y: '2' }, '/a/1/b/2'],
    ['/a/{x}/b/{x}', { x: '1' }, '/a/1/b/1'],
    ['/models/{model}', { model: 'a/b?c#d e' }, '/models/a%2Fb%3Fc%23d%20e'],
  ])('expands %s with %j', (path, params, expected) => {
    expect(draft(path, params).url).toBe(`https://host/v1${expected}`);
  });

  it('puts a path where the server has it', () => {
    const defaults = {
      baseURL: 'https://host/v1',
      headers: {},
      query: {},
      rewritePath: (path: string, body: unknown) => `/of/${String(body)}${path}`,
    };
    const endpoint = { operation: 'a.b', method: 'POST' as const, path: '/models/{model}' };
    const request = { params: { model: 'a/b' }, body: 'me' };
    const { url } = draftRequest(defaults, endpoint, request, {}, 'application/json', 'acme a.b');
    expect(url).toBe('https://host/v1/of/me/models/a%2Fb');
  });

  it('takes a value as it is, braces and dollar signs included', () => {
    const { pathname } = new URL(draft('/models/{model}', { model: '{model}$&$1' }).url);
    expect(decodeURIComponent(pathname)).toBe('/v1/models/{model}$&$1');
  });

  it.each<[Record<string, unknown> | undefined]>([
    [undefined],
    [{ other: 'x' }],
    [{ model: '' }],
    [{ model: 7 }],
    [{ model: '.' }],
    [{ model: '..' }],
    [{ model: '\ud800' }],
  ])('refuses %j for a parameter', (params) => {
    expect(() => draft('/models/{model}', params as Record<string, string>)).toThrow(
      ValidationError,
    );
  });

  it('takes no inherited member for a parameter', () => {
    expect(() => draft('/a/{toString}', {})).toThrow(/`toString`/);
  });

  it('keeps every value in its one segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (model) => {
        fc.pre(model !== '.' && model !== '..');
        const url = new URL(draft('/models/{model}/versions', { model }).url);
        const segments = url.pathname.split('/');
        expect(segments).toHaveLength(5);
        expect(decodeURIComponent(segments[3] ?? '')).toBe(model);
        expect([url.search, url.hash]).toEqual(['', '']);
      }),
    );
  });
});

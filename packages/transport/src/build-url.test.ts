import { ConfigurationError, ValidationError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildUrl, type QueryParameters } from './build-url.ts';

describe('buildUrl', () => {
  it.each([
    ['https://host/v1', '/models', 'https://host/v1/models'],
    ['https://host/v1/', '/models', 'https://host/v1/models'],
    ['https://host/v1//', 'models', 'https://host/v1/models'],
    ['https://host', '/models', 'https://host/models'],
    ['https://host/v1', '', 'https://host/v1'],
    ['https://host/v1?version=2', '/models', 'https://host/v1/models?version=2'],
  ])('joins %s and %s', (base, path, expected) => {
    expect(buildUrl(base, path)).toBe(expected);
    expect(buildUrl(base, path, {})).toBe(expected);
  });

  it('writes numbers, booleans and lists, and skips undefined', () => {
    const query = { limit: 5, all: true, after: undefined, include: ['a b', 'c&d'], none: [] };
    expect(buildUrl('https://host', '/x', query)).toBe(
      'https://host/x?limit=5&all=true&include=a%20b&include=c%26d',
    );
  });

  it('adds to a query that is there already', () => {
    expect(buildUrl('https://host/v1?a=1', '/x', { b: 2 })).toBe('https://host/v1/x?a=1&b=2');
    expect(buildUrl('https://host/v1', '/x?a=1', { b: 2 })).toBe('https://host/v1/x?a=1&b=2');
  });

  it.each([null, {}, Number.NaN, Symbol('x'), [undefined], '\uD800'])('refuses %s', (value) => {
    const query = { after: value } as unknown as QueryParameters;
    expect(() => buildUrl('https://host', '/x', query)).toThrow(ValidationError);
    expect(() => buildUrl('https://host', '/x', query)).toThrow('"after"');
  });

  it('refuses a base URL with a fragment', () => {
    expect(() => buildUrl('https://host/#v1', '/x')).toThrow(ConfigurationError);
  });

  it('writes queries that read back as they were', () => {
    const text = fc.string({ unit: 'binary' });
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { minLength: 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, value)), (entries) => {
        const query = Object.fromEntries(entries.filter(([name]) => name !== '__proto__'));
        const url = new URL(buildUrl('https://host/v1', '/x', query));
        const expected = Object.entries(query).flatMap(([name, one]) =>
          [one].flat().map((item) => [name, String(item)]),
        );
        expect([...url.searchParams]).toEqual(expected);
        expect(url.pathname).toBe('/v1/x');
      }),
    );
  });
});

import { ValidationError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePathSegment, path } from './path.ts';

describe('path', () => {
  it.each([
    ['gpt-4o', '/models/gpt-4o'],
    ['ft:gpt:org', '/models/ft:gpt:org'],
    ['a@b$c&d+e,f;g=h', '/models/a@b$c&d+e,f;g=h'],
    ['a/b', '/models/a%2Fb'],
    ['../files', '/models/..%2Ffiles'],
    ['%2e%2e', '/models/%252e%252e'],
    ['a?b#c', '/models/a%3Fb%23c'],
    ['a b', '/models/a%20b'],
    ['né€🙂', '/models/n%C3%A9%E2%82%AC%F0%9F%99%82'],
    ['...', '/models/...'],
    [7, '/models/7'],
  ])('encodes %j', (id, expected) => {
    expect(path`/models/${id}`).toBe(expected);
  });

  it('takes several values, and none', () => {
    expect(path`/a/${'x/y'}/b/${2}/c`).toBe('/a/x%2Fy/b/2/c');
    expect(path`/a`).toBe('/a');
  });

  it.each([
    ['', 'is empty'],
    ['.', "'.'"],
    ['..', "'..'"],
    ['\uD800', 'surrogate'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'object'],
    [true, 'boolean'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('refuses %j', (id, message) => {
    expect(() => path`/models/${id as string}`).toThrow(ValidationError);
    expect(() => encodePathSegment(id as string)).toThrow(message);
  });

  it('keeps any id in its place', () => {
    const anyId = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc
        .array(fc.constantFrom('.', '/', '\\', '%', '2e', '?', '#', '@', ':', ';', ' ', '\t', '\n'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyId, anyId, (first, second) => {
        fc.pre(![first, second].some((id) => id === '' || id === '.' || id === '..'));
        const url = new URL(`https://host/v1${path`/files/${first}/parts/${second}`}`);
        const segments = url.pathname.split('/');
        expect(segments).toHaveLength(6);
        expect(segments.map(decodeURIComponent)).toEqual([
          '',
          'v1',
          'files',
          first,
          'parts',
          second,
        ]);
        expect([url.host, url.search, url.hash]).toEqual(['host', '', '']);
      }),
      { numRuns: 1000 },
    );
  });
});

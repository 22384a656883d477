import { buildUrl } from '@integrations/transport';
import { describe, expect, it } from 'vitest';
import { jsonQuery } from './json-query.ts';

describe('jsonQuery', () => {
  it.each<[object | null | undefined, string]>([
    [undefined, ''],
    [null, ''],
    [{}, ''],
    [
      { page: 0, page_size: 20, deployment_chat: false, name: 'a b' },
      '?page=0&page_size=20&deployment_chat=false&name=a%20b',
    ],
    [{ search: null, id: undefined, name: '' }, '?name='],
    [{ sources: ['api', 'playground'] }, '?sources=api&sources=playground'],
    [
      { metadata: { team: 'x', deep: [1] } },
      `?metadata=${encodeURIComponent('{"team":"x","deep":[1]}')}`,
    ],
  ])('writes %j as %s', (query, written) => {
    expect(buildUrl('http://localhost', '/', jsonQuery(query))).toBe(`http://localhost/${written}`);
  });
});

import { describe, expect, it } from 'vitest';
import { bracketQuery } from './bracket-query.ts';

describe('bracketQuery', () => {
  it('writes lists and objects in brackets, and leaves out what is null', () => {
    expect(
      bracketQuery({
        limit: 2,
        include: ['a', 'b'],
        metadata: { team: 'x', 'a b': '' },
        after: null,
        before: undefined,
      }),
    ).toEqual({
      limit: 2,
      'include[]': ['a', 'b'],
      'metadata[team]': 'x',
      'metadata[a b]': '',
      after: undefined,
      before: undefined,
    });
  });

  it.each([undefined, null, {}])('is empty for %j', (query) => {
    expect(bracketQuery(query)).toEqual({});
  });
});

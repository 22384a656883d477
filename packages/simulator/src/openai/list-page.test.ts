import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestRefused } from '../refusal.ts';
import { listPage, withMetadata } from './list-page.ts';

function items(count: number): { id: string }[] {
  return Array.from({ length: count }, (_, at) => ({ id: `item-${at}` }));
}

function page(count: number, query: Record<string, string>): ReturnType<typeof listPage> {
  return listPage(items(count), new URLSearchParams(query));
}

describe('listPage', () => {
  it('gives the newest first, twenty at most', () => {
    const { data, ...rest } = page(25, {});
    expect(data).toHaveLength(20);
    expect(rest).toEqual({
      object: 'list',
      first_id: 'item-24',
      last_id: 'item-5',
      has_more: true,
    });
    expect(page(0, {})).toMatchObject({ data: [], first_id: null, last_id: null, has_more: false });
  });

  it('gives what is between two items', () => {
    const { data } = page(9, { order: 'asc', after: 'item-2', before: 'item-5' });
    expect(data.map(({ id }) => id)).toEqual(['item-3', 'item-4']);
  });

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ order: 'up' }, 'order'],
    [{ after: 'none' }, 'after'],
    [{ before: 'none' }, 'before'],
  ])('refuses %j', (query, param) => {
    expect(() => page(3, query)).toThrow(RequestRefused);
    expect(() => page(3, query)).toThrow(new RegExp(`'${param}'`));
  });

  it('gives every item once over all pages', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom('asc', 'desc'),
        (count, limit, order) => {
          const seen: string[] = [];
          let after: Record<string, string> = {};
          for (;;) {
            const { data, has_more: more } = page(count, { limit: String(limit), order, ...after });
            seen.push(...data.map(({ id }) => id));
            if (!more) break;
            after = { after: seen.at(-1) ?? '' };
          }
          const all = items(count).map(({ id }) => id);
          expect(seen).toEqual(order === 'asc' ? all : all.toReversed());
        },
      ),
    );
  });
});

describe('withMetadata', () => {
  it('keeps what has all the values', () => {
    const found = withMetadata(
      [{ metadata: { a: '1', b: '2' } }, { metadata: { a: '1' } }, { metadata: null }],
      new URLSearchParams({ 'metadata[a]': '1', 'metadata[b]': '2', limit: '3' }),
    );
    expect(found).toEqual([{ metadata: { a: '1', b: '2' } }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedPage } from './list-page.ts';

describe('numberedPage', () => {
  it('gives every item once, page by page', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 1000 }), (items, size) => {
        const pages = Array.from({ length: Math.ceil(items.length / size) }, (_, page) =>
          numberedPage(items, new URLSearchParams({ page: `${page}`, page_size: `${size}` })),
        );
        expect(pages.flatMap(({ data }) => data)).toEqual(items);
        expect(pages.every(({ total }) => total === items.length)).toBe(true);
      }),
    );
  });

  it('begins with the first page of 100', () => {
    const items = Array.from({ length: 150 }, (_, index) => index);
    expect(numberedPage(items, new URLSearchParams()).data).toEqual(items.slice(0, 100));
    expect(numberedPage(items, new URLSearchParams({ page: '1' }), 10).data).toEqual(
      items.slice(10, 20),
    );
    expect(numberedPage(items, new URLSearchParams({ page: '7' })).data).toEqual([]);
  });

  it.each([{ page: '-1' }, { page: 'x' }, { page_size: '0' }, { page_size: '1001' }])(
    'refuses %j',
    (query) => {
      const read = (): unknown => numberedPage([], new URLSearchParams(query));
      expect(read).toThrow(
        expect.objectContaining({ refusal: expect.objectContaining({ status: 422 }) }),
      );
    },
  );
});

import type { QueryParameters } from '@integrations/transport';
import { describe, expect, it } from 'vitest';
import {
  AFTER_LAST_ID,
  AFTER_LAST_ITEM,
  BY_PAGE_TOKEN,
  byNextCursor,
  byPageNumber,
  type PageStyle,
  SINGLE_PAGE,
} from './page-style.ts';

const ITEMS = [{ id: 'a' }, { id: 'b' }];

describe('a page style', () => {
  it.each<[string, PageStyle, object, readonly unknown[], QueryParameters | undefined]>([
    ['single', SINGLE_PAGE, { has_more: true }, ITEMS, undefined],
    ['last item', AFTER_LAST_ITEM, { has_more: true }, ITEMS, { after: 'b' }],
    ['last item, no more', AFTER_LAST_ITEM, { has_more: false }, ITEMS, undefined],
    ['last item, nothing said', AFTER_LAST_ITEM, {}, ITEMS, undefined],
    ['last item, empty', AFTER_LAST_ITEM, { has_more: true }, [], undefined],
    ['last item without id', AFTER_LAST_ITEM, { has_more: true }, [{ id: null }], undefined],
    ['last id', AFTER_LAST_ID, { has_more: true, last_id: 'z' }, ITEMS, { after: 'z' }],
    ['last id, no more', AFTER_LAST_ID, { has_more: false, last_id: 'z' }, ITEMS, undefined],
    ['last id, missing', AFTER_LAST_ID, { has_more: true, last_id: null }, ITEMS, undefined],
    ['last id, empty', AFTER_LAST_ID, { has_more: true, last_id: 'z' }, [], undefined],
    ['next', byNextCursor('after'), { has_more: true, next: 'n' }, ITEMS, { after: 'n' }],
    ['next page', byNextCursor('page'), { has_more: true, next: 'n' }, [], { page: 'n' }],
    ['next, no more', byNextCursor('page'), { has_more: false, next: 'n' }, ITEMS, undefined],
    ['token', BY_PAGE_TOKEN, { next_page_token: 'n' }, [], { page_token: 'n' }],
    ['token, missing', BY_PAGE_TOKEN, { next_page_token: null }, ITEMS, undefined],
    ['token, empty', BY_PAGE_TOKEN, { next_page_token: '' }, ITEMS, undefined],
    ['next, missing', byNextCursor('page'), { has_more: true, next: null }, ITEMS, undefined],
  ])('goes on: %s', (_name, style, envelope, items, next) => {
    expect(style.next({ envelope: { ...envelope }, items, query: { limit: 2 } })).toEqual(next);
  });

  it.each<[string, QueryParameters, number, number, QueryParameters | undefined]>([
    ['first of two', {}, 150, 100, { page: 1 }],
    ['second of two', { page: 1 }, 150, 50, undefined],
    ['exactly full', {}, 100, 100, undefined],
    ['pages of a size of their own', { page: 2, page_size: 10 }, 31, 10, { page: 3 }],
    ['the last of these', { page: 3, page_size: 10 }, 31, 1, undefined],
    ['empty in spite of the total', { page: 1 }, 900, 0, undefined],
  ])('counts pages: %s', (_name, query, total, count, next) => {
    const items = Array.from({ length: count });
    const style = byPageNumber({ first: 0, pageSize: 100 });
    expect(style.next({ envelope: { total }, items, query })).toEqual(next);
  });

  it.each<[string, QueryParameters, number, QueryParameters | undefined]>([
    ['full', {}, 20, { page: 1 }],
    ['short', {}, 19, undefined],
    ['empty', {}, 0, undefined],
    ['full, of a size of its own', { page: 4, page_size: 2 }, 2, { page: 5 }],
    ['short, of a size of its own', { page: 4, page_size: 2 }, 1, undefined],
    ['empty, of a size that nothing fits in', { page_size: 0 }, 0, undefined],
    ['fuller than was asked for', { page_size: 2 }, 3, { page: 1 }],
  ])('counts pages until one is not full: %s', (_name, query, count, next) => {
    const items = Array.from({ length: count });
    const style = byPageNumber({ first: 0, pageSize: 20 });
    for (const envelope of [{}, { total: null }]) {
      expect(style.next({ envelope, items, query })).toEqual(next);
    }
  });
});

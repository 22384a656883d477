import type { QueryParameters } from '@integrations/transport';

/** A page that has come, for finding the next. */
export interface ListedPage {
  /** The answer as the API sent it. */
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly items: readonly unknown[];
  /** What this page was asked for with. */
  readonly query: QueryParameters;
}

/** How an API goes on from one page to the next. */
export interface PageStyle {
  /** What the next page is asked for with besides; undefined when there is none. */
  next(page: ListedPage): QueryParameters | undefined;
}

function idOf(item: unknown): unknown {
  return (item as { readonly id?: unknown } | null | undefined)?.id;
}

/** Cursors are texts; without one there is nothing to ask for. */
function cursorQuery(parameter: string, cursor: unknown): QueryParameters | undefined {
  return typeof cursor === 'string' && cursor !== '' ? { [parameter]: cursor } : undefined;
}

/** Everything is on one page. */
export const SINGLE_PAGE: PageStyle = { next: () => undefined };

/** `after` is the id of the last item, as long as `has_more`. */
export const AFTER_LAST_ITEM: PageStyle = {
  next: ({ envelope, items }) =>
    envelope['has_more'] === true ? cursorQuery('after', idOf(items.at(-1))) : undefined,
};

/** `after` is the `last_id` that the page tells, as long as `has_more`. */
export const AFTER_LAST_ID: PageStyle = {
  next: ({ envelope, items }) =>
    envelope['has_more'] === true && items.length > 0
      ? cursorQuery('after', envelope['last_id'])
      : undefined,
};

/** `parameter` is the `next` that the page tells, as long as `has_more`; the page itself may be empty. */
export function byNextCursor(parameter: 'after' | 'page'): PageStyle {
  return {
    next: ({ envelope }) =>
      envelope['has_more'] === true ? cursorQuery(parameter, envelope['next']) : undefined,
  };
}

/** How pages are counted. */
export interface NumberedPages {
  /** The number of the first page. */
  readonly first: number;
  /** Items on a page, where `page_size` was not asked for. */
  readonly pageSize: number;
}

/**
 * `page` counts pages of `page_size` items, until `total` items have come; where the
 * page does not tell the total, as long as pages are full.
 */
export function byPageNumber({ first, pageSize }: NumberedPages): PageStyle {
  return {
    next: ({ envelope: { total }, items, query }) => {
      const page = Number(query['page'] ?? first);
      const size = Number(query['page_size'] ?? pageSize);
      const seen = (page - first + 1) * size;
      const hasMore = typeof total === 'number' ? seen < total : items.length >= size;
      return hasMore && items.length > 0 ? { page: page + 1 } : undefined;
    },
  };
}

/** `page_token` is the `next_page_token` that the page tells; the page itself may be empty. */
export const BY_PAGE_TOKEN: PageStyle = {
  next: ({ envelope }) => cursorQuery('page_token', envelope['next_page_token']),
};

import type { PageStyle } from '@integrations/provider';

/** Where a page stands among the others. */
export interface LibraryPagination {
  total_items: number;
  total_pages: number;
  /** Counted from 0. */
  current_page: number;
  page_size: number;
  has_more: boolean;
}

/** What of a page says where the next is. */
interface Continuation {
  readonly next_page_token?: string | null;
  readonly pagination?: LibraryPagination | null;
}

/** By the token of the page before; by number where the server, or the list, has no tokens yet. */
export const BY_PAGINATION: PageStyle = {
  next: ({ envelope }) => {
    const { next_page_token: token, pagination }: Continuation = envelope;
    if (typeof token === 'string' && token !== '') return { page_token: token, page: undefined };
    return pagination?.has_more === true ? { page: pagination.current_page + 1 } : undefined;
  },
};

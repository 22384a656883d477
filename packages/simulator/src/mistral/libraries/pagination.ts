/** Where a page stands, as the API tells it. */
export function pagination(total: number, page: number, size: number): object {
  return {
    total_items: total,
    total_pages: Math.ceil(total / size),
    current_page: page,
    page_size: size,
    has_more: (page + 1) * size < total,
  };
}

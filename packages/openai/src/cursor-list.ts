/** A page of a list, as the API sends it. */
export interface CursorList<Item = unknown> {
  object: 'list';
  data: Item[];
  has_more: boolean;
  first_id?: string | null;
  last_id?: string | null;
}

/** Which part of a list a page is to have. */
export interface CursorQuery {
  /** Id of the last item before the page. */
  readonly after?: string | undefined;
  /** How many items on a page. @default 20, by the API */
  readonly limit?: number | undefined;
}

/** Which part of a list a page is to have, and from which end the list is read. */
export interface OrderedCursorQuery extends CursorQuery {
  /** By the time that the items were made. */
  readonly order?: 'asc' | 'desc' | undefined;
}

/** Which part of a list a page is to have, seen from either end. */
export interface TwoWayCursorQuery extends OrderedCursorQuery {
  /** Id of the first item after the page. */
  readonly before?: string | undefined;
}

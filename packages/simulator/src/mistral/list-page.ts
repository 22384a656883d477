import { orRefuse } from './request-problem.ts';
import { type Bounds, integer } from './shape.ts';

const USUAL_SIZE = 100;

/** A page of a list by `page` (from 0) and `page_size`, with the number of all. */
export interface NumberedPage<Item> {
  readonly data: readonly Item[];
  readonly total: number;
}

/**
 * The page that the query asks for.
 *
 * @param items in the order they are listed.
 * @param usualSize items of a page where the query says nothing. @default 100
 * @throws RequestRefused 422
 */
export function numberedPage<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  usualSize: number = USUAL_SIZE,
): NumberedPage<Item> {
  const page = queryInteger(query, 'page', { from: 0 }) ?? 0;
  const size = queryInteger(query, 'page_size', { from: 1, to: 1000 }) ?? usualSize;
  return { data: items.slice(page * size, (page + 1) * size), total: items.length };
}

/** A whole number of the query; undefined if it is not there. @throws RequestRefused 422 */
export function queryInteger(
  query: URLSearchParams,
  name: string,
  bounds: Bounds = {},
): number | undefined {
  const given = query.get(name);
  if (given === null || given === '') return undefined;
  return orRefuse(() => integer(bounds)(toNumber(given), ['query', name]));
}

function toNumber(given: string): unknown {
  return /^-?\d+$/.test(given) ? Number(given) : given;
}

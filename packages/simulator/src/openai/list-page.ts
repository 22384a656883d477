import { optionalInteger, wrongValue } from './request-fields.ts';

/** A page of a list, as the API sends it. */
export interface ListPage<Item> {
  readonly object: 'list';
  readonly data: readonly Item[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}

/** What holds for one list where the query says nothing. */
export interface ListRules {
  /** @default 20 */
  readonly limit?: number;
  /** @default 100 */
  readonly maxLimit?: number;
  /** @default 'desc' */
  readonly order?: 'asc' | 'desc';
}

const ORDERS: Readonly<Record<string, 'asc' | 'desc'>> = {
  asc: 'asc',
  ascending: 'asc',
  desc: 'desc',
  descending: 'desc',
};

/**
 * The page that the query asks for by `after`, `before`, `limit` and `order`.
 *
 * @param items in the order they were made.
 * @throws RequestRefused 400 that names the parameter
 */
export function listPage<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
  rules: ListRules = {},
): ListPage<Item> {
  const ordered = readOrder(query, rules) === 'asc' ? items : items.toReversed();
  const limit = readLimit(query, rules);
  const from = position(ordered, query, 'after') + 1;
  const before = position(ordered, query, 'before');
  const until = before < 0 ? ordered.length : before;
  const data = ordered.slice(from, Math.min(from + limit, until));
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + limit < until,
  };
}

/** Items with the `metadata[key]=value` that the query asks for. */
export function withMetadata<Item extends { readonly metadata?: unknown }>(
  items: readonly Item[],
  query: URLSearchParams,
): Item[] {
  const wanted = [...query].flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  return items.filter(({ metadata }) => {
    const given = (metadata ?? {}) as Readonly<Record<string, unknown>>;
    return wanted.every(([key, value]) => given[key] === value);
  });
}

function readOrder(query: URLSearchParams, { order = 'desc' }: ListRules): 'asc' | 'desc' {
  const given = query.get('order');
  if (given === null) return order;
  const known = ORDERS[given];
  if (known !== undefined) return known;
  throw wrongValue('order', "'order' must be asc or desc.");
}

function readLimit(query: URLSearchParams, { limit = 20, maxLimit = 100 }: ListRules): number {
  const given = query.get('limit');
  if (given === null) return limit;
  return optionalInteger({ limit: Number(given) }, 'limit', { from: 1, to: maxLimit }) ?? limit;
}

function position(
  items: readonly { readonly id: string }[],
  query: URLSearchParams,
  name: 'after' | 'before',
): number {
  const id = query.get(name);
  if (id === null || id === '') return -1;
  const at = items.findIndex((item) => item.id === id);
  if (at >= 0) return at;
  throw wrongValue(name, `'${name}' is not the id of an item of this list.`);
}

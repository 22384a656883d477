import { ConfigurationError, ValidationError } from '@integrations/errors';
import { percentEncode } from './percent-encoding.ts';

/** One value of a query parameter. */
export type QueryScalar = string | number | boolean;

/** Query parameters by name: a list repeats its key, undefined is left out. */
export interface QueryParameters {
  readonly [name: string]: QueryScalar | readonly QueryScalar[] | undefined;
}

function queryText(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const found = typeof value === 'number' || value === null ? String(value) : typeof value;
  throw new ValidationError(
    `The query parameter ${JSON.stringify(name)} must be a string, a finite number, a boolean or a list of these, not ${found}. Nothing was sent.`,
    { issues: [{ path: name, message: `must not be ${found}` }] },
  );
}

function encodeQuery(query: QueryParameters): string {
  const pairs: string[] = [];
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (value === undefined) continue;
    const place = `query parameter ${JSON.stringify(name)}`;
    const key = percentEncode(name, place);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of values) pairs.push(`${key}=${percentEncode(queryText(item, name), place)}`);
  }
  return pairs.join('&');
}

/**
 * An absolute address from a base URL, a path below it and query parameters. The
 * base keeps its own path and query: `https://host/v1?version=2` and `/models`
 * give `https://host/v1/models?version=2`.
 *
 * @throws ConfigurationError when the base URL has a fragment.
 * @throws ValidationError when a query value is not a string, finite number or boolean.
 */
export function buildUrl(baseURL: string, path: string, query?: QueryParameters): string {
  if (baseURL.includes('#')) {
    throw new ConfigurationError(
      'The base URL has a fragment (#…), which is never sent to a server; remove it.',
    );
  }
  const mark = baseURL.indexOf('?');
  let base = mark === -1 ? baseURL : baseURL.slice(0, mark);
  while (base.endsWith('/')) base = base.slice(0, -1);
  const address = path === '' || path.startsWith('/') ? base + path : `${base}/${path}`;
  const parameters = [
    mark === -1 ? '' : baseURL.slice(mark + 1),
    query === undefined ? '' : encodeQuery(query),
  ].filter((part) => part !== '');
  if (parameters.length === 0) return address;
  return `${address}${path.includes('?') ? '&' : '?'}${parameters.join('&')}`;
}

import type { QueryParameters } from '@integrations/transport';

type QueryValue = QueryParameters[string];

function queryValue(value: unknown): QueryValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value as QueryValue;
  return value === null ? undefined : JSON.stringify(value);
}

/**
 * Query parameters in the form that the API reads: a list repeats its key, an object is
 * JSON. Null counts as left out.
 */
export function jsonQuery(query: object | null | undefined): QueryParameters {
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([name, value]) => [name, queryValue(value)]),
  );
}

import type { QueryParameters } from '@integrations/transport';

type QueryValue = QueryParameters[string];

function parameters(name: string, value: unknown): [string, QueryValue][] {
  if (Array.isArray(value)) return [[`${name}[]`, value as QueryValue]];
  if (typeof value !== 'object' || value === null) {
    return [[name, (value ?? undefined) as QueryValue]];
  }
  return Object.entries(value).map(([key, member]) => [`${name}[${key}]`, member as QueryValue]);
}

/**
 * Query parameters in the form that the API reads: `include[]` for each member of a
 * list, `metadata[key]` for each member of an object. Null counts as left out.
 */
export function bracketQuery(query: object | null | undefined): QueryParameters {
  return Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]) => parameters(name, value)),
  );
}

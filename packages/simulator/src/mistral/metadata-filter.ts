import { isJsonObject, type JsonObject } from '../json-value.ts';
import { orRefuse } from './request-problem.ts';
import { dictionary } from './shape.ts';

/**
 * Whether metadata has all that a query asks for by `metadata`, as JSON; a query without it asks for nothing.
 *
 * @throws RequestRefused 422
 */
export function metadataFilter(query: URLSearchParams): (metadata: unknown) => boolean {
  const given = query.get('metadata');
  if (given === null) return () => true;
  const wanted = orRefuse(() => dictionary(parsed(given), ['query', 'metadata']));
  return (metadata) => isJsonObject(metadata) && hasAll(metadata, wanted);
}

function hasAll(metadata: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(metadata[name]) === JSON.stringify(value),
  );
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

import type { Endpoint } from '../endpoint.ts';
import { readUploadable } from '../uploadable.ts';

function shown(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  return readUploadable(value) === undefined ? value : '[file]';
}

/** A body as logs may show it: without what is in its files. */
export function shownBody(body: unknown, encoding: Endpoint['encoding']): unknown {
  if (encoding === 'raw') return undefined;
  if (encoding !== 'multipart' || typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, shown(value)]));
}

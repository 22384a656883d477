import type { Headers } from '@integrations/types';

/** The provider's id of a request, from the first header that has one. */
export function readRequestId(headers: Headers, names: readonly string[]): string | undefined {
  for (const name of names) {
    const id = headers[name];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** A result that knows the id of its request. */
export type WithRequestId<T> = T & { readonly requestId?: string | undefined };

/**
 * Adds `requestId` to a result: not enumerable, so that the result still prints,
 * compares and serialises as the API sent it. A member of that name that the API
 * sent itself stays what it is.
 */
export function attachRequestId<T extends object>(result: T, requestId: string | undefined): T {
  if (requestId === undefined || Object.hasOwn(result, 'requestId')) return result;
  return Object.defineProperty(result, 'requestId', { value: requestId });
}

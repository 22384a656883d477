import type { Identifiers } from '../identifiers.ts';
import { orRefuse } from './request-problem.ts';
import { wrong } from './shape.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A UUID that is the same in every run with the same seed. */
export function nextUuid(identifiers: Identifiers, kind: string): string {
  const hex = identifiers.nextHex(kind, 32);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ];
  return parts.join('-');
}

/** A parameter of a path that has to be a UUID. @throws RequestRefused 422 */
export function pathUuid(params: Readonly<Record<string, string>>, name: string): string {
  const given = params[name] ?? '';
  return orRefuse(() => {
    if (UUID.test(given)) return given;
    throw wrong(given, ['path', name], 'uuid_parsing', 'Input should be a valid UUID');
  });
}

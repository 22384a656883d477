import { isJsonObject, type JsonObject, jsonTypeOf } from '../json-value.ts';
import { RequestRefused } from '../refusal.ts';

/** A range of numbers, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The body as an object. @throws RequestRefused 400 */
export function requireObjectBody(body: unknown): JsonObject {
  if (isJsonObject(body)) return body;
  throw new RequestRefused({
    status: 400,
    message:
      body === undefined
        ? 'The request has no body; it must be a JSON object.'
        : `The body must be a JSON object, not ${jsonTypeOf(body)}.`,
  });
}

export function requireText(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined || value === null) throw missing(name);
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  if (value === '') throw wrongValue(name, `'${name}' must not be empty.`, 'empty_string');
  return value;
}

export function optionalFlag(body: JsonObject, name: string): boolean | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType(name, 'a boolean', value);
}

export function optionalInteger(body: JsonObject, name: string, range: Range): number | undefined {
  const value = optionalNumber(body, name, range);
  if (value === undefined || Number.isInteger(value)) return value;
  throw wrongType(name, 'an integer', value);
}

export function optionalNumber(
  body: JsonObject,
  name: string,
  { from, to }: Range,
): number | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw wrongType(name, 'a number', value);
  const kind = Number.isInteger(value) ? 'integer' : 'decimal';
  if (value < from)
    throw wrongValue(
      name,
      `'${name}' must be at least ${from}, not ${value}.`,
      `${kind}_below_min_value`,
    );
  if (value > to)
    throw wrongValue(
      name,
      `'${name}' must be at most ${to}, not ${value}.`,
      `${kind}_above_max_value`,
    );
  return value;
}

/** Texts by name, as an object is tagged with; null where there are none. */
export function optionalMetadata(body: JsonObject): JsonObject | null {
  const given = body['metadata'] ?? null;
  if (given === null) return null;
  if (!isJsonObject(given)) throw wrongType('metadata', 'an object', given);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') throw wrongType(`metadata.${name}`, 'a string', value);
  }
  return given;
}

export function missing(param: string): RequestRefused {
  return refused(param, `The parameter '${param}' is missing.`, 'missing_required_parameter');
}

export function wrongType(param: string, wanted: string, value: unknown): RequestRefused {
  return refused(param, `'${param}' must be ${wanted}, not ${jsonTypeOf(value)}.`, 'invalid_type');
}

export function wrongValue(param: string, message: string, code = 'invalid_value'): RequestRefused {
  return refused(param, message, code);
}

function refused(param: string, message: string, code: string): RequestRefused {
  return new RequestRefused({ status: 400, message, type: 'invalid_request_error', param, code });
}

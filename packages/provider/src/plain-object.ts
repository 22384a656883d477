import { custom, type GenericSchema } from 'valibot';

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object, which a list is not, though schemas of valibot take it for one. For an object
 * of which nothing is checked, and before a schema that checks the rest:
 * `v.pipe(plainObject(), v.record(v.string(), v.string()))`.
 */
export function plainObject(): GenericSchema {
  return { ...custom(isPlainObject), expects: 'Object' };
}

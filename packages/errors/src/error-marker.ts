/** Registered, so that another copy of this package knows our errors and we know theirs. */
export const ERROR_MARKER: symbol = Symbol.for('@integrations/errors.IntegrationError');

/** Whether a value carries the marker of an `IntegrationError`. */
export function hasErrorMarker(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && ERROR_MARKER in value;
}

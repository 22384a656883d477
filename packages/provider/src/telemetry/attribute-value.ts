import type { AttributeValue } from '@integrations/types';

function isListOf(values: readonly unknown[], type: 'string' | 'number'): boolean {
  return values.every((value) => typeof value === type);
}

/**
 * Whether a span can take a value. Requests have not been checked when they are told
 * of, and answers never are: a `null` or an object there must not fail the call.
 */
export function isAttributeValue(value: unknown): value is AttributeValue {
  if (Array.isArray(value)) return isListOf(value, 'string') || isListOf(value, 'number');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

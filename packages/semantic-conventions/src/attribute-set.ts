import type { AttributeValue } from '@integrations/types';

/** Attributes that are gathered one by one: a call has a few of very many. */
export type AttributeSet = Record<string, AttributeValue>;

/** Adds what is known. */
export function addPresent(
  attributes: AttributeSet,
  name: string,
  value: AttributeValue | undefined,
): void {
  if (value !== undefined) attributes[name] = value;
}

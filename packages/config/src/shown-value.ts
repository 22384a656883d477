import { redactText } from '@integrations/errors';
import { SecretString } from '@integrations/types';

/** What stands for a value that must not be seen. */
export const REDACTED = '[REDACTED]';

/** Long enough to recognise a value, short enough for a message. */
const LONGEST = 60;

/** At most so many characters, without what looks like a secret. */
export function shortened(text: string, longest: number = LONGEST): string {
  // Cut first, and half of a secret may no longer look like one.
  const safe = redactText(text);
  return safe.length > longest ? `${safe.slice(0, longest)}...` : safe;
}

/** An ordinary value as messages show it. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (value instanceof SecretString) return REDACTED;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return shortened(String(value));
}

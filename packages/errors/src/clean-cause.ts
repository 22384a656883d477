import { hasErrorMarker } from './error-marker.ts';
import { redactText } from './redact-text.ts';

/** Causes of causes. */
const MOST_CAUSES = 5;

/** What is no text may hold texts; what cannot be written holds none that could be printed as JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function isClean(error: Error, depth: number): boolean {
  return Object.getOwnPropertyNames(error).every((name) => {
    const value: unknown = (error as unknown as Record<string, unknown>)[name];
    if (value instanceof Error) return clean(value, depth + 1) === value;
    const text = textOf(value);
    return redactText(text) === text;
  });
}

function copyClean(error: Error, depth: number): Error {
  const { cause, code, message, name, stack = '' } = error as Error & { readonly code?: unknown };
  const inner = cause === undefined ? undefined : { cause: clean(cause, depth + 1) };
  const copy = Object.assign(new Error(redactText(message), inner), {
    name,
    stack: redactText(stack),
  });
  return typeof code === 'string' ? Object.assign(copy, { code: redactText(code) }) : copy;
}

function clean(cause: unknown, depth: number): unknown {
  if (!(cause instanceof Error)) return typeof cause === 'string' ? redactText(cause) : cause;
  if (hasErrorMarker(cause) || depth > MOST_CAUSES || isClean(cause, depth)) return cause;
  return copyClean(cause, depth);
}

/**
 * What led to an error, as it may be printed: itself where it holds no secret, else
 * a copy of its name, message, stack, code and causes without them. Errors of ours
 * are clean already. Never throws, even if a getter of the cause does.
 */
export function cleanCause(cause: unknown): unknown {
  try {
    return clean(cause, 0);
  } catch {
    return 'A cause that cannot be read.';
  }
}

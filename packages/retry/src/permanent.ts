/** Registered, so that another copy of this package honours the mark. */
const PERMANENT = Symbol.for('@integrations/retry.permanent');

function mark(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return Reflect.defineProperty(error, PERMANENT, { value: true, configurable: true });
}

/**
 * Marks a failure as final, for an operation to throw when it must not run again
 * although the error alone would allow it: `throw permanent(error)` after the
 * first event of a stream went out. No policy is asked, and the caller gets the
 * very error. A value that cannot carry the mark (a string, a frozen object)
 * becomes the cause of an `Error` that does.
 */
export function permanent(error: unknown): unknown {
  if (mark(error)) return error;
  const carrier = new Error('The operation failed and must not be repeated; see the cause.', {
    cause: error,
  });
  mark(carrier);
  return carrier;
}

/** Whether a failure was marked by `permanent`. */
export function isPermanent(error: unknown): boolean {
  return typeof error === 'object' && error !== null && PERMANENT in error;
}

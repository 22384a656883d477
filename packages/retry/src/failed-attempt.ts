/**
 * Why no attempt followed a failure.
 *
 * - `policy`: the policy refused, as not worth it or as one too many.
 * - `permanent`: the operation threw `permanent(error)`.
 * - `not_idempotent`: the work may have been done, and must not be done twice.
 * - `retry_after`: the server asks for a longer wait than `maxRetryAfter`.
 * - `deadline`: the wait would end, or ended, past the deadline.
 * - `budget`: the retry budget is spent.
 * - `aborted`: the caller's signal is aborted.
 */
export type StopReason =
  | 'policy'
  | 'permanent'
  | 'not_idempotent'
  | 'retry_after'
  | 'deadline'
  | 'budget'
  | 'aborted';

/** One attempt that failed. */
export interface FailedAttempt {
  readonly error: unknown;
  /** Milliseconds of the wait chosen after it; 0 where none was. */
  readonly delayMs: number;
  /** When the attempt began, by `Clock.now()`. */
  readonly startedAt: number;
  /** Why no attempt followed; absent where one did. */
  readonly stopped?: StopReason;
}

const NONE: readonly FailedAttempt[] = Object.freeze([]);

function ownAttempts(error: object): readonly FailedAttempt[] | undefined {
  const property = Object.getOwnPropertyDescriptor(error, 'attempts');
  if (property === undefined || property.enumerable === true) return undefined;
  const value: unknown = property.value;
  return Array.isArray(value) ? (value as FailedAttempt[]) : undefined;
}

function canCarry(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/**
 * The attempts behind an error that `execute` or `hedge` threw, in the order in
 * which they failed. Empty for errors from elsewhere and for values that cannot
 * carry them: primitives, frozen objects, errors with an `attempts` of their own.
 */
export function attemptsOf(error: unknown): readonly FailedAttempt[] {
  return (canCarry(error) ? ownAttempts(error) : undefined) ?? NONE;
}

/** Puts the attempts on the error where it can carry them, out of sight of loggers. */
export function tellAttempts<E>(error: E, attempts: readonly FailedAttempt[]): E {
  if (!canCarry(error)) return error;
  // Somebody else's property of that name is theirs.
  if (Object.hasOwn(error, 'attempts') && ownAttempts(error) === undefined) return error;
  Reflect.defineProperty(error, 'attempts', {
    value: Object.freeze([...attempts]),
    enumerable: false,
    configurable: true,
  });
  return error;
}

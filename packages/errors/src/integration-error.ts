import { cleanCause } from './clean-cause.ts';
import type { ErrorCode } from './error-code.ts';
import { ERROR_MARKER, hasErrorMarker } from './error-marker.ts';
import { redact } from './redact.ts';
import { redactOptional, redactText } from './redact-text.ts';

/** What every error can tell besides its message. */
export interface IntegrationErrorOptions {
  /** Milliseconds the server asked to wait before another try. */
  readonly retryAfterMs?: number | undefined;
  /** HTTP status, where there was a response. */
  readonly status?: number | undefined;
  /** The provider's id of the request: quote it to their support. */
  readonly requestId?: string | undefined;
  /** Facts about the call: operation, endpoint, model. Kept redacted. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** What led to this. */
  readonly cause?: unknown;
  /** Whether the same call may succeed later. Replaces what the class says. */
  readonly retryable?: boolean | undefined;
}

/** The form that `toJSON` gives: safe to log. */
export interface SerializedError {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly status?: number;
  readonly requestId?: string;
  readonly context?: unknown;
  readonly cause?: unknown;
  /** What the class adds: the provider and its own code, say, or the issues of a validation. */
  readonly [field: string]: unknown;
}

/**
 * Puts a class's name on its prototype: the stack is written as the error is made,
 * and begins with the name that it finds then.
 */
function nameErrors(type: { readonly name: string; readonly prototype: object }): void {
  if (type.name === '' || Object.hasOwn(type.prototype, 'name')) return;
  Object.defineProperty(type.prototype, 'name', {
    value: type.name,
    configurable: true,
    writable: true,
  });
}

/**
 * The base of every error that `@integrations` packages throw. The message says
 * what happened, to which call, and what to do; branch on `code`, not on it.
 */
export class IntegrationError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    retryable: boolean,
    options: IntegrationErrorOptions = {},
  ) {
    nameErrors(new.target);
    super(
      redactText(message),
      options.cause === undefined ? undefined : { cause: cleanCause(options.cause) },
    );
    this.code = code;
    this.retryable = options.retryable ?? retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
    this.requestId = redactOptional(options.requestId);
    this.context = redact(options.context ?? {}) as Readonly<Record<string, unknown>>;
  }

  static {
    Object.defineProperty(this.prototype, ERROR_MARKER, { value: true });
  }

  /**
   * A plain object that is safe to log: every field of the class, secrets redacted,
   * causes kept without their stacks. Never throws.
   */
  toJSON(): SerializedError {
    const json = redact(this) as SerializedError;
    if (Object.keys(this.context).length > 0) return json;
    const { context: _empty, ...rest } = json;
    return rest;
  }
}

/** Whether a value is one of our errors, whichever copy of this package made it. */
export function isIntegrationError(value: unknown): value is IntegrationError {
  return hasErrorMarker(value);
}

/** What the body of an error answer says, as far as it says it. */
export interface WireError {
  /** The provider's words. */
  readonly message?: string | undefined;
  /** The provider's class of error, such as `invalid_request_error`. */
  readonly type?: string | undefined;
  /** The provider's code, such as `insufficient_quota`. */
  readonly code?: string | undefined;
  /** A code that says it more closely; it counts after `code` and `type`. */
  readonly innerCode?: string | undefined;
  /** The request field that the provider objects to. */
  readonly param?: string | undefined;
  /** The provider's own word on whether to try again. @default as the class of the error has it */
  readonly retryable?: boolean | undefined;
  /** What else it tells, for the error's `context`. @default nothing */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** A member of an error body as text; undefined for what is none, or says nothing. */
export function wireText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What stands in an object's member `error`, or else the object. */
export function errorMember(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
}

/**
 * What an error body says that has OpenAI's shape: `{ error: { message, type, code, param } }`,
 * or that object itself, or a text in its place.
 */
export function readWireError(body: unknown): WireError {
  const error = errorMember(body);
  if (typeof error === 'string') return error === body ? {} : { message: wireText(error) };
  if (typeof error !== 'object' || error === null) return {};
  const { message, type, code, param } = error as Readonly<Record<string, unknown>>;
  return {
    message: wireText(message),
    type: wireText(type),
    code: wireText(code),
    param: wireText(param),
  };
}

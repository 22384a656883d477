import type { ErrorCode } from './error-code.ts';
import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** Something took longer than it was allowed to. Catch this for any of the timeouts. */
export class TimeoutError extends IntegrationError {
  constructor(
    code: ErrorCode,
    message: string,
    retryable: boolean,
    options?: IntegrationErrorOptions,
  ) {
    super(code, message, retryable, options);
  }
}

/** No connection within the connect timeout. */
export class ConnectTimeoutError extends TimeoutError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('connect_timeout', message, true, options);
  }
}

/** Connected, but no response head within the headers timeout. */
export class HeadersTimeoutError extends TimeoutError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('headers_timeout', message, true, options);
  }
}

/** One attempt took longer than `timeout`. Another may follow. */
export class AttemptTimeoutError extends TimeoutError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('attempt_timeout', message, true, options);
  }
}

/** All attempts and waits together took longer than `totalTimeout`. */
export class TotalTimeoutError extends TimeoutError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('total_timeout', message, false, options);
  }
}

/** A stream that had begun sent no event for longer than `streamIdleTimeout`. */
export class StreamIdleTimeoutError extends TimeoutError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('stream_idle_timeout', message, true, options);
  }
}

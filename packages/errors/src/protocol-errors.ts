import type { ErrorCode } from './error-code.ts';
import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** The answer is not what the protocol promises. Catch this for any such answer. */
export class ProtocolError extends IntegrationError {
  constructor(
    message: string,
    options?: IntegrationErrorOptions,
    code: ErrorCode = 'protocol',
    retryable = false,
  ) {
    super(code, message, retryable, options);
  }
}

/** The body should be JSON and is not. */
export class InvalidJsonError extends ProtocolError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, options, 'invalid_json', true);
  }
}

/** The body is of another kind than was asked for: an HTML page, say. */
export class UnexpectedContentTypeError extends ProtocolError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, options, 'unexpected_content_type', false);
  }
}

/** The stream ended before the protocol's end mark: what was read is not the whole answer. */
export class StreamTruncatedError extends ProtocolError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, options, 'stream_truncated', true);
  }
}

/** The response, or one event of it, is larger than the limit that was set. */
export class ResponseTooLargeError extends ProtocolError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, options, 'response_too_large', false);
  }
}

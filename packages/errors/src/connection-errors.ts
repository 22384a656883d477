import type { ErrorCode } from './error-code.ts';
import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** The connection could not be made, or broke before the answer was complete. */
export class ConnectionError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions, code: ErrorCode = 'connection') {
    super(code, message, true, options);
  }
}

/** The host's name could not be resolved. */
export class DnsError extends ConnectionError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, options, 'dns');
  }
}

/** The server's certificate or TLS version is not acceptable. Trying again changes nothing. */
export class TlsError extends ConnectionError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super(message, { ...options, retryable: false }, 'tls');
  }
}

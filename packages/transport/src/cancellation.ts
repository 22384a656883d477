import { AbortedError, type IntegrationError, isIntegrationError } from '@integrations/errors';

/** What `cancel` was called with, as the error that ends the reading; undefined ends it silently. */
export function cancellation(reason: unknown, call: string): IntegrationError | undefined {
  if (reason === undefined || isIntegrationError(reason)) return reason;
  return new AbortedError(`${call}: the response was cancelled.`, { cause: reason });
}

/** Why a connection is closed when the reader of a body goes away. */
export function readerLeft(call: string): AbortedError {
  return new AbortedError(`${call}: the reader left the response.`);
}

import { type IntegrationError, isIntegrationError } from './integration-error.ts';
import { AbortedError } from './local-errors.ts';

/**
 * The typed error for an aborted signal: its reason where that is one of ours (a
 * timeout, say), otherwise an `AbortedError` with the reason as its cause.
 *
 * @param call what was aborted, for the message: `openai chat.create`.
 */
export function abortReason(signal: AbortSignal, call = 'The call'): IntegrationError {
  if (isIntegrationError(signal.reason)) return signal.reason;
  return new AbortedError(`${call} was aborted by its caller.`, { cause: signal.reason });
}

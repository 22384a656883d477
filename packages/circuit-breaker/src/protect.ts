import { abortReason, CircuitOpenError, isIntegrationError } from '@integrations/errors';
import type { BreakerPermit, BreakerRejection, CircuitBreaker } from '@integrations/types';
import { isAbort } from './classify-error.ts';

/** About one protected call. */
export interface ProtectOptions {
  /** The signal that the operation listens to: its reason, thrown by the operation, is no failure of the service. */
  readonly signal?: AbortSignal | undefined;
  /** What the call is named in error messages. @default 'The call' */
  readonly label?: string;
}

function refusal({ retryAfterMs }: BreakerRejection, label: string): CircuitOpenError {
  if (!Number.isFinite(retryAfterMs)) {
    return new CircuitOpenError(
      `${label} was not made: its circuit breaker was forced open. Release it to let calls through.`,
      { retryable: false },
    );
  }
  return new CircuitOpenError(
    `${label} was not made: its circuit breaker is open, or tests whether the service has recovered. Try again in ${retryAfterMs} ms.`,
    { retryAfterMs },
  );
}

/** A deadline may abort the signal with its own error, and that one is for the breaker to judge. */
function isCallersReason(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal === undefined || !signal.aborted || error !== signal.reason) return false;
  if (isIntegrationError(error)) return false;
  return !(error instanceof Error && error.name === 'TimeoutError');
}

function settleFailed(
  permit: BreakerPermit,
  error: unknown,
  signal: AbortSignal | undefined,
): void {
  if (isAbort(error) || isCallersReason(error, signal)) permit.ignore();
  else permit.failure(error);
}

function admit(breaker: CircuitBreaker, options: ProtectOptions | undefined): BreakerPermit {
  const { signal, label } = options ?? {};
  if (signal?.aborted) throw abortReason(signal, label);
  const answer = breaker.tryAcquire();
  if (!answer.allowed) throw refusal(answer, label ?? 'The call');
  return answer;
}

function start<T>(operation: () => Promise<T> | T): Promise<T> {
  try {
    return Promise.resolve(operation());
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Makes one call if the breaker lets it through, and tells the breaker how it went. Any
 * result is a success, `undefined` included. An aborted call counts neither way.
 *
 * @throws CircuitOpenError when the breaker refuses; `retryAfterMs` says when to come again.
 * @throws AbortedError, or the signal's own typed reason, when it was aborted before the call.
 * @throws whatever the operation throws.
 */
export function protect<T>(
  breaker: CircuitBreaker,
  operation: () => Promise<T> | T,
  options?: ProtectOptions,
): Promise<T> {
  let permit: BreakerPermit;
  try {
    permit = admit(breaker, options);
  } catch (error) {
    return Promise.reject(error);
  }
  // Reactions, because an `await` would cost the successful call half as much again.
  return start(operation).then(
    (result) => {
      permit.success();
      return result;
    },
    (error: unknown) => {
      settleFailed(permit, error, options?.signal);
      throw error;
    },
  );
}

import { CircuitOpenError, isIntegrationError } from '@integrations/errors';
import type { AttemptObserver, BreakerPermit, CircuitBreaker } from '@integrations/types';

/** A breaker that was opened by hand knows no time at which it may be tried again. */
function refusal(label: string, retryAfterMs: number): CircuitOpenError {
  if (!Number.isFinite(retryAfterMs)) {
    return new CircuitOpenError(
      `${label} was not made: its circuit breaker has been opened by hand. Release it to let calls through.`,
      { retryable: false },
    );
  }
  const ms = Math.ceil(retryAfterMs);
  return new CircuitOpenError(
    `${label} was not made: its circuit breaker is open, or tests whether the service has recovered. Try again in ${ms} ms.`,
    { retryAfterMs: ms },
  );
}

/** @throws CircuitOpenError when the breaker refuses. */
export function takeBreakerPermit(
  breaker: CircuitBreaker,
  label: string,
  observer: AttemptObserver | undefined,
): BreakerPermit {
  const answer = breaker.tryAcquire();
  if (answer.allowed) return answer;
  observer?.breakerChecked(breaker.state, false);
  throw refusal(label, answer.retryAfterMs);
}

/**
 * Refuses while the breaker does, without a permit that would be held in a queue.
 *
 * @throws CircuitOpenError when the breaker is open.
 */
export function failFast(
  breaker: CircuitBreaker,
  label: string,
  observer: AttemptObserver | undefined,
): void {
  if (breaker.isOpen()) takeBreakerPermit(breaker, label, observer).ignore();
  observer?.breakerChecked(breaker.state, true);
}

/** An aborted call says nothing of the service; of everything else the breaker is the judge. */
export function reportFailure(permit: BreakerPermit, error: unknown): void {
  if (isIntegrationError(error) && error.code === 'aborted') permit.ignore();
  else permit.failure(error);
}

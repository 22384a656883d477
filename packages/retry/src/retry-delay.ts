import { ConfigurationError } from '@integrations/errors';
import type { RandomSource, RetryPolicy } from '@integrations/types';

/** How far the waits that a server asks for are spread: a tenth of them, at most a second. */
const SPREAD = 0.1;
const LONGEST_SPREAD_MS = 1000;

/** The wait the server asks for, in milliseconds, where the error tells. */
export function retryAfterOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { retryAfterMs } = error as { readonly retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : undefined;
}

function policyDelay(policy: RetryPolicy, attempt: number, error: unknown): number {
  const ms = policy.calculateDelay(attempt, error);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw new ConfigurationError(
    `calculateDelay of the retry policy must give milliseconds of 0 or more, not ${String(ms)}.`,
    { cause: error },
  );
}

/**
 * The wait after a failed attempt: what the policy says, and never less than what
 * the server asks for. A little is added to that, or all who were sent away
 * together would come back together.
 *
 * @throws ConfigurationError when the policy gives no usable number.
 */
export function delayAfter(
  policy: RetryPolicy,
  attempt: number,
  error: unknown,
  random: RandomSource,
): number {
  const ownMs = policyDelay(policy, attempt, error);
  const askedMs = retryAfterOf(error);
  if (askedMs === undefined) return ownMs;
  return Math.max(ownMs, askedMs + random() * Math.min(LONGEST_SPREAD_MS, askedMs * SPREAD));
}

import { abortReason, isIntegrationError } from '@integrations/errors';
import type { Clock, RetryExecutor } from '@integrations/types';
import { type FailedAttempt, tellAttempts } from './failed-attempt.ts';
import { isPermanent } from './permanent.ts';
import type { ExecutorFactory, ExecutorParts } from './retry-scenario.test.support.ts';

/** Faults that retry libraries have had. */
export type Flaw =
  | 'hears no abort during a wait and calls again'
  | 'waits an abort out'
  | 'rejects with the raw reason'
  | 'drops a result that coincides with an abort'
  | 'repeats an aborted call'
  | 'ignores the exponent'
  | 'ignores Retry-After'
  | 'cuts Retry-After to its own maximum'
  | 'cuts a long Retry-After to the ceiling'
  | 'waits past the deadline'
  | 'waits the deadline out'
  | 'makes one attempt too many'
  | 'counts attempts from 0'
  | 'retries nothing'
  | 'retries everything'
  | 'repeats what is permanent'
  | 'lets synchronous throws through'
  | 'wraps the last error'
  | 'forgets all attempts but the last'
  | 'leaves its listener'
  | 'leaves its timer'
  | 'never refunds'
  | 'refunds every retry'
  | 'keeps the price of a retry not made'
  | 'asks no budget';

async function sleepLeaky(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  flaw: Flaw | undefined,
): Promise<void> {
  if (flaw === 'hears no abort during a wait and calls again') return clock.sleep(ms);
  if (flaw === 'waits an abort out') return clock.sleep(ms);
  if (flaw === 'leaves its listener') signal?.addEventListener('abort', () => undefined);
  if (flaw !== 'leaves its timer') return clock.sleep(ms, signal);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    clock.schedule(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
  });
}

function delayOf(
  { policy, random, maxRetryAfterMs }: ExecutorParts,
  attempt: number,
  error: unknown,
  flaw: Flaw | undefined,
): number {
  const own = policy.calculateDelay(flaw === 'ignores the exponent' ? 1 : attempt, error);
  const hint = isIntegrationError(error) ? error.retryAfterMs : undefined;
  if (hint === undefined || flaw === 'ignores Retry-After') return own;
  if (flaw === 'cuts Retry-After to its own maximum') return Math.min(60, Math.max(own, hint));
  if (hint > maxRetryAfterMs) return maxRetryAfterMs;
  return Math.max(own, hint + random() * Math.min(1000, hint * 0.1));
}

function isRefused(
  { policy, maxRetryAfterMs }: ExecutorParts,
  attempt: number,
  error: unknown,
  flaw: Flaw | undefined,
): boolean {
  if (flaw === 'retries nothing') return true;
  if (flaw === 'retries everything') return attempt >= 6;
  if (isPermanent(error) && flaw !== 'repeats what is permanent') return true;
  const counted = flaw === 'makes one attempt too many' ? attempt - 1 : attempt;
  if (!policy.shouldRetry(counted, error)) return true;
  const hint = isIntegrationError(error) ? (error.retryAfterMs ?? 0) : 0;
  return hint > maxRetryAfterMs && flaw !== 'cuts a long Retry-After to the ceiling';
}

/**
 * The plainest executor that holds to all properties, and one that has a flaw. The
 * first proves that the properties refuse the others for their flaws alone.
 */
export function naiveExecutor(flaw?: Flaw): ExecutorFactory {
  return (parts) => ({ execute: executeWith(parts, flaw) });
}

/** A call, for the compiler does not know that the answer changes over a wait. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function executeWith(parts: ExecutorParts, flaw: Flaw | undefined): RetryExecutor['execute'] {
  const { clock, budget } = parts;
  return async (operation, { signal, deadline = Number.POSITIVE_INFINITY } = {}) => {
    if (signal?.aborted === true) throw abortReason(signal);
    const failed: FailedAttempt[] = [];
    let paid: number | undefined;
    const aborted = (): unknown => {
      if (signal === undefined) return undefined;
      if (flaw === 'rejects with the raw reason') return tellAttempts(signal.reason, failed);
      return tellAttempts(abortReason(signal), failed);
    };
    const giveUp = (error: unknown): unknown => {
      if (flaw === 'wraps the last error')
        return new Error('All attempts failed.', { cause: error });
      const told = flaw === 'forgets all attempts but the last' ? failed.slice(-1) : failed;
      return tellAttempts(error, told);
    };
    for (let attempt = 1; ; attempt += 1) {
      const startedAt = clock.now();
      const number = flaw === 'counts attempts from 0' ? attempt - 1 : attempt;
      const context = signal === undefined ? { attempt: number } : { attempt: number, signal };
      let failure: unknown;
      try {
        const pending = operation(context);
        const result = await pending.catch((error: unknown) => {
          failure = { error };
          throw error;
        });
        if (
          flaw === 'drops a result that coincides with an abort' &&
          signal !== undefined &&
          isAborted(signal)
        ) {
          throw abortReason(signal);
        }
        if (flaw !== 'never refunds') budget.deposit(paid);
        return result;
      } catch (error) {
        if (failure === undefined && flaw === 'lets synchronous throws through') throw error;
        failed.push({ error, delayMs: 0, startedAt });
        if (isAborted(signal) && flaw !== 'repeats an aborted call') throw aborted();
        const mayRetry = isAborted(signal) || !isRefused(parts, attempt, error, flaw);
        if (!mayRetry || attempt > 10) throw giveUp(error);

        const delayMs = delayOf(parts, attempt, error, flaw);
        if (clock.now() + delayMs > deadline && flaw !== 'waits past the deadline') {
          if (flaw === 'waits the deadline out') await clock.sleep(deadline - clock.now());
          throw giveUp(error);
        }
        if (flaw === 'refunds every retry' && paid !== undefined) budget.deposit(paid);
        paid = flaw === 'asks no budget' ? 0 : budget.tryWithdraw(error);
        if (paid === undefined) throw giveUp(error);
        try {
          if (!isAborted(signal)) await sleepLeaky(clock, delayMs, signal, flaw);
        } catch {
          if (flaw !== 'keeps the price of a retry not made') budget.deposit(paid);
          throw aborted();
        }
        if (flaw === 'waits an abort out' && isAborted(signal)) throw aborted();
      }
    }
  };
}

import { abortReason, type IntegrationError } from '@integrations/errors';
import type { Clock } from '@integrations/types';

/** When work must stop. */
export interface TimeLimit {
  readonly clock: Clock;
  /** Milliseconds the work may take; 0 or Infinity for as long as it likes. */
  readonly ms: number;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  /** What the work is called in error messages. */
  readonly label: string;
  /** Makes the error to stop with when time is up. */
  readonly expired: () => IntegrationError;
}

/**
 * Runs work that is given a signal, and rejects as soon as the caller aborts or
 * time is up, whether or not the work listens. Leaves no timer and no listener.
 */
export async function runWithin<T>(
  limit: TimeLimit,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  const { clock, ms, signal, label, expired } = limit;
  if (signal?.aborted) throw abortReason(signal, label);
  const limited = ms > 0 && Number.isFinite(ms);
  if (!limited && signal === undefined) return work(undefined);

  const controller = new AbortController();
  let timer: Disposable | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (reason: IntegrationError): void => {
      // First, so that whatever the aborted work says of it comes second.
      reject(reason);
      controller.abort(reason);
    };
    if (limited) timer = clock.schedule(() => stop(expired()), ms);
    if (signal !== undefined) {
      onAbort = () => stop(abortReason(signal, label));
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
  try {
    // In one expression: should work abort its own caller and throw, both are handled.
    return await Promise.race([stopped, startWork(work, controller.signal)]);
  } finally {
    timer?.[Symbol.dispose]();
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort);
  }
}

/** What work throws before its first wait becomes a rejection like any other. */
async function startWork<T>(
  work: (signal: AbortSignal | undefined) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return work(signal);
}

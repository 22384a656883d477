import type { Logger } from '@integrations/types';
import type { StopReason } from './failed-attempt.ts';

/** An attempt failed, and another follows after a wait. */
export interface RetryEvent {
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: unknown;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

/** An attempt failed, and none follows. */
export interface StopEvent {
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: unknown;
  readonly reason: StopReason;
}

/** Tells a listener; what it throws is logged, for it must not fail the call. */
export function notify<E>(
  listener: ((event: E) => void) | undefined,
  event: E,
  logger: Logger,
): void {
  if (listener === undefined) return;
  try {
    listener(event);
  } catch (error) {
    logger.error('A retry listener threw; the call goes on.', { error });
  }
}

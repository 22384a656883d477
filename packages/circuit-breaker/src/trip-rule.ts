import type { BreakerSettings } from './breaker-settings.ts';
import type { OutcomeWindow } from './outcome-window.ts';

/** Which threshold was reached. */
export type TripReason = 'failure_threshold' | 'failure_rate' | 'slow_call_rate';

/** The threshold that the window has reached, if any. */
export function tripReason(
  settings: BreakerSettings,
  window: OutcomeWindow,
): TripReason | undefined {
  const { calls, failures } = window;
  if (failures >= settings.failureThreshold) return 'failure_threshold';
  if (!settings.judgesRates || calls < settings.minimumCalls) return undefined;
  if (failures / calls >= settings.failureRate) return 'failure_rate';
  return window.slowCalls / calls >= settings.slowCallRate ? 'slow_call_rate' : undefined;
}

/** Milliseconds to stay open, for the opening number `opening` since it was last closed. */
export function openTime(settings: BreakerSettings, opening: number): number {
  return Math.min(settings.maxOpenMs, settings.openMs * settings.openFactor ** (opening - 1));
}

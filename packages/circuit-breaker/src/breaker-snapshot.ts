import type { CircuitState } from '@integrations/types';
import type { WindowSnapshot } from './outcome-window.ts';

/** What an operator holds a breaker in, whatever the calls say. */
export type ForcedState = 'open' | 'closed';

/**
 * A breaker's state as plain JSON. All times are relative to `savedAt`, so that a clock
 * which was set meanwhile can shorten a wait and never lengthen it.
 */
export interface BreakerSnapshot {
  readonly version: 1;
  /** When it was taken, in milliseconds since 1970-01-01T00:00Z. */
  readonly savedAt: number;
  readonly state: CircuitState;
  readonly forced: ForcedState | null;
  /** How long the breaker had been in its state. */
  readonly inStateMs: number;
  /** How long it was still to stay open; 0 unless open. */
  readonly openRemainingMs: number;
  /** How often it opened since it was last closed. */
  readonly openings: number;
  readonly probeSuccesses: number;
  /** How long each probe under way may still take. */
  readonly probeLeasesMs: readonly number[];
  readonly window: WindowSnapshot;
}

import type { CircuitBreaker, CircuitState } from '@integrations/types';
import type { BreakerEventName, BreakerListener } from './breaker-events.ts';
import type { BreakerSnapshot, ForcedState } from './breaker-snapshot.ts';

/** How a breaker does. */
export interface BreakerStatistics {
  readonly name: string;
  readonly state: CircuitState;
  /** What an operator holds it in; undefined when it decides by itself. */
  readonly forced: ForcedState | undefined;
  /** Milliseconds since it came into its state. */
  readonly inStateMs: number;
  /** Milliseconds until an open breaker lets probes through; 0 in other states, `Infinity` when forced open. */
  readonly retryAfterMs: number;
  /** How often it opened since it was last closed. */
  readonly openings: number;
  /** Permits that have not been settled. */
  readonly inFlight: number;
  /** What counts at the moment. While open and half open: what it opened for. */
  readonly window: {
    readonly calls: number;
    readonly failures: number;
    readonly slowCalls: number;
    /** 0 to 1; 0 when there are no calls. */
    readonly failureRate: number;
    /** 0 to 1; 0 when there are no calls. */
    readonly slowCallRate: number;
  };
  /** Since the breaker was made; they only grow. */
  readonly totals: BreakerTotals;
}

/** Every permit ends in one of `successes`, `failures`, `ignored` and `late`. */
export interface BreakerTotals {
  /** Permits issued; a report without one counts as one. */
  readonly accepted: number;
  /** Calls refused. */
  readonly rejected: number;
  readonly successes: number;
  readonly failures: number;
  readonly ignored: number;
  /** Reported after the state had changed, or a probe's lease had ended; changed nothing. */
  readonly late: number;
}

/** A circuit breaker that can be watched, steered, saved and restored. */
export interface ObservableCircuitBreaker extends CircuitBreaker {
  /** Tells it apart from others in events. */
  readonly name: string;
  /** Calls the listener with each such event until disposed. What it throws goes to `onListenerError`. */
  on<Name extends BreakerEventName>(event: Name, listener: BreakerListener<Name>): Disposable;
  /** Refuses all calls until `releaseForce` or `reset`. */
  forceOpen(): void;
  /** Lets all calls through, however they end, until `releaseForce` or `reset`. */
  forceClosed(): void;
  /** Decides by itself again: from forced open it probes first, from forced closed it begins with an empty window. */
  releaseForce(): void;
  statistics(): BreakerStatistics;
  /** The state as plain JSON, to import after a restart. Totals and listeners are not part of it. */
  exportState(): BreakerSnapshot;
  /**
   * Goes on from an exported state, with the time that has passed since by the clock's
   * date. A window of another kind or size than this breaker's begins empty. Permits that
   * were issued before count as late.
   *
   * @throws ConfigurationError that names the field which is wrong; nothing has changed then.
   */
  importState(snapshot: unknown): void;
}

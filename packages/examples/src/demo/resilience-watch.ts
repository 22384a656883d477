import { AsyncLocalStorage } from 'node:async_hooks';
import { isIntegrationError } from '@integrations/errors';
import { type Clock, systemClock } from '@integrations/types';
import { FAULTS_BREAKER, FAULTS_MAX_RETRIES } from './fault-plan.ts';
import type { MakeCall } from './make-call.ts';
import { type BreakerState, type Trouble, type Wait, waitText } from './trouble.ts';

/** What a run with faults came to. */
export interface ResilienceTotals {
  /** Before retries, and for the breaker. */
  readonly waits: number;
  /** Milliseconds, added up although calls wait side by side. */
  readonly waitedMs: number;
  readonly openings: number;
  readonly refused: number;
}

/** Settings of a watch. */
export interface ResilienceWatchOptions {
  /** Told of everything that goes wrong, as it does. */
  readonly onTrouble: (trouble: Trouble) => void;
  /** Ends all waits. */
  readonly stop: AbortSignal;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** Milliseconds that a call waits for its breaker before it gives up. */
const PATIENCE_MS = 20_000;
/** The metric's values. */
const STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];
const REASONS: Readonly<Record<BreakerState, string>> = {
  open: `${FAULTS_BREAKER.failureThreshold} failures among the last ${FAULTS_BREAKER.window.size} calls`,
  'half-open': 'time to try one call',
  closed: 'it worked',
};

/** Sees what a client does against faults, and waits where a breaker refuses calls. */
export class ResilienceWatch {
  readonly #onTrouble: (trouble: Trouble) => void;
  readonly #stop: AbortSignal;
  readonly #clock: Clock;
  /** The client tells of a retry, but not to which of the calls under way it belongs. */
  readonly #endpoint = new AsyncLocalStorage<string>();
  readonly #states = new Map<string, BreakerState>();
  readonly #waits = new Map<Wait, number>();
  #totals: ResilienceTotals = { waits: 0, waitedMs: 0, openings: 0, refused: 0 };

  constructor({ onTrouble, stop, clock = systemClock }: ResilienceWatchOptions) {
    this.#onTrouble = onTrouble;
    this.#stop = stop;
    this.#clock = clock;
  }

  get totals(): ResilienceTotals {
    return this.#totals;
  }

  /** What is being waited for longest, and for how much longer; undefined if nothing is. */
  get wait(): string | undefined {
    const now = this.#clock.now();
    let last: Wait | undefined;
    let lastUntil = now;
    for (const [wait, until] of this.#waits) {
      if (until <= now) this.#waits.delete(wait);
      else if (until > lastUntil) [last, lastUntil] = [wait, until];
    }
    return last === undefined ? undefined : waitText(last, lastUntil - now);
  }

  /** For the client's `retry.onRetry`. */
  readonly retrying = (event: {
    readonly attempt: number;
    readonly error: unknown;
    readonly delayMs: number;
  }): void => {
    this.#begin({
      kind: 'fault',
      endpoint: this.#endpoint.getStore() ?? 'a call',
      error: event.error,
      waitMs: event.delayMs,
      attempt: event.attempt + 1,
      attempts: FAULTS_MAX_RETRIES + 1,
    });
  };

  /** For the client's metric of its breakers. */
  readonly breakerChanged = (endpoint: string, value: number): void => {
    const from = this.#stateOf(endpoint);
    const to = STATES[value] ?? 'closed';
    // A new breaker tells its first state too.
    if (to === from) return;
    this.#states.set(endpoint, to);
    if (to === 'open') this.#add({ openings: 1 });
    // A probe that fails opens it for another reason than failures do.
    const reason = from === 'half-open' && to === 'open' ? 'it failed again' : REASONS[to];
    this.#onTrouble({ kind: 'breaker', endpoint, from, to, reason });
  };

  /** Makes a call, and makes it again when its breaker has refused it and the wait is over. */
  readonly makeCall: MakeCall = (endpoint, call) =>
    this.#endpoint.run(endpoint, async () => {
      const givesUpAt = this.#clock.now() + PATIENCE_MS;
      for (;;) {
        try {
          return await call();
        } catch (error) {
          const waitMs = refusalMs(error);
          if (waitMs === undefined) throw error;
          this.#add({ refused: 1 });
          if (this.#clock.now() + waitMs > givesUpAt) throw error;
          this.#begin({ kind: 'refused', endpoint, state: this.#stateOf(endpoint), waitMs });
          await this.#clock.sleep(waitMs, this.#stop);
        }
      }
    });

  #begin(wait: Wait): void {
    this.#waits.set(wait, this.#clock.now() + wait.waitMs);
    this.#add({ waits: 1, waitedMs: wait.waitMs });
    this.#onTrouble(wait);
  }

  #stateOf(endpoint: string): BreakerState {
    return this.#states.get(endpoint) ?? 'closed';
  }

  #add({ waits = 0, waitedMs = 0, openings = 0, refused = 0 }: Partial<ResilienceTotals>): void {
    const before = this.#totals;
    this.#totals = {
      waits: before.waits + waits,
      waitedMs: before.waitedMs + waitedMs,
      openings: before.openings + openings,
      refused: before.refused + refused,
    };
  }
}

/** How long a breaker says to wait; undefined when it was not a breaker that ended the call. */
function refusalMs(error: unknown): number | undefined {
  if (!isIntegrationError(error) || error.code !== 'circuit_open') return undefined;
  return Math.max(1, error.retryAfterMs ?? FAULTS_BREAKER.openDuration);
}

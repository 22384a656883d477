import type { CircuitState } from '@integrations/types';
import type { TripReason } from './trip-rule.ts';

/** Why a breaker changed its state. */
export type StateChangeReason =
  | TripReason
  | 'open_time_over'
  | 'probes_succeeded'
  | 'probe_failed'
  | 'probe_slow'
  | 'forced'
  | 'released'
  | 'reset'
  | 'restored';

/** The breaker is in another state. */
export interface StateChangeEvent {
  readonly name: string;
  readonly from: CircuitState;
  readonly to: CircuitState;
  readonly reason: StateChangeReason;
}

/** A call was refused. */
export interface RejectedEvent {
  readonly name: string;
  /** Milliseconds until a call may be let through again; `Infinity` for a breaker that was forced open. */
  readonly retryAfterMs: number;
}

/** A call counted for the service. */
export interface SuccessEvent {
  readonly name: string;
  /** Milliseconds from permit to report. Left out where nobody listened when the permit was issued. */
  readonly durationMs?: number;
  readonly slow: boolean;
}

/** A call counted against the service. */
export interface FailureEvent extends SuccessEvent {
  readonly error: unknown;
}

/** The events of a breaker. */
export interface BreakerEventMap {
  readonly stateChange: StateChangeEvent;
  readonly rejected: RejectedEvent;
  readonly success: SuccessEvent;
  readonly failure: FailureEvent;
}

export type BreakerEventName = keyof BreakerEventMap;

/** Is called within the call that caused the event, so it should be quick. */
export type BreakerListener<Name extends BreakerEventName> = (event: BreakerEventMap[Name]) => void;

/** One registration: a listener may have several. */
interface Registration<Name extends BreakerEventName> {
  readonly listener: BreakerListener<Name>;
  active: boolean;
}

type Registrations = {
  [Name in BreakerEventName]: Set<Registration<Name>> | undefined;
};

/** An uncaught exception, as of an EventTarget's listener: seen, without failing the call. */
function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Tells listeners what happened, in the order in which it happened. */
export class BreakerEvents {
  readonly #registrations: Registrations = {
    stateChange: undefined,
    rejected: undefined,
    success: undefined,
    failure: undefined,
  };
  readonly #onError: (error: unknown) => void;
  readonly #parent: BreakerEvents | undefined;
  #count = 0;
  #queue: (() => void)[] = [];
  #delivering = false;

  /** @param parent hears everything too. */
  constructor(onError: ((error: unknown) => void) | undefined, parent?: BreakerEvents) {
    this.#onError = onError ?? throwLater;
    this.#parent = parent;
  }

  on<Name extends BreakerEventName>(name: Name, listener: BreakerListener<Name>): Disposable {
    const registration: Registration<Name> = { listener, active: true };
    const registrations = this.#registrations[name] ?? new Set<Registration<Name>>();
    registrations.add(registration);
    this.#count += 1;
    this.#registrations[name] = registrations as Registrations[Name];
    return {
      [Symbol.dispose]: () => {
        if (!registrations.delete(registration)) return;
        registration.active = false;
        this.#count -= 1;
        if (registrations.size === 0 && this.#registrations[name] === registrations) {
          this.#registrations[name] = undefined;
        }
      },
    };
  }

  /** Whether any event would be heard: the quick question. */
  get heard(): boolean {
    return this.#count > 0 || (this.#parent !== undefined && this.#parent.#count > 0);
  }

  /** Whether an event of that name would be heard. */
  listens(name: BreakerEventName): boolean {
    return this.#registrations[name] !== undefined || (this.#parent?.listens(name) ?? false);
  }

  /** Keeps an event until `flush`: listeners may use the breaker, which must be done with its change by then. */
  push<Name extends BreakerEventName>(name: Name, event: BreakerEventMap[Name]): void {
    this.#queue.push(() => this.#deliver(name, event));
  }

  /** Delivers what was kept. What listeners cause meanwhile comes after it. */
  flush(): void {
    if (this.#queue.length === 0 || this.#delivering) return;
    this.#delivering = true;
    while (this.#queue.length > 0) {
      const deliveries = this.#queue;
      this.#queue = [];
      for (const deliver of deliveries) deliver();
    }
    this.#delivering = false;
  }

  /** Hands on what somebody's function threw. */
  report(error: unknown): void {
    try {
      this.#onError(error);
    } catch (second) {
      throwLater(second);
    }
  }

  #deliver<Name extends BreakerEventName>(name: Name, event: BreakerEventMap[Name]): void {
    const registrations: Set<Registration<Name>> | undefined = this.#registrations[name];
    for (const registration of Array.from(registrations ?? [])) {
      if (registration.active) this.#call(registration.listener, event);
    }
    if (this.#parent !== undefined) this.#parent.#deliver(name, event);
  }

  #call<Name extends BreakerEventName>(
    listener: BreakerListener<Name>,
    event: BreakerEventMap[Name],
  ): void {
    try {
      listener(event);
    } catch (error) {
      this.report(error);
    }
  }
}

import type { BreakerPermit, BreakerRejection, CircuitBreaker } from '@integrations/types';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import {
  type BreakerEventMap,
  type BreakerEventName,
  BreakerEvents,
  type BreakerListener,
} from './breaker-events.ts';
import {
  type BreakerProperty,
  breakerProperties as properties,
} from './breaker-properties.test.support.ts';
import { type BreakerSettings, readSettings } from './breaker-settings.ts';
import type { BreakerSnapshot } from './breaker-snapshot.ts';
import {
  type BreakerSubject,
  ForwardingBreaker,
  realSubject,
} from './breaker-subject.test.support.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import { CountWindow } from './count-window.ts';
import { createWindow } from './create-window.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';
import type { OutcomeWindow } from './outcome-window.ts';
import { protect } from './protect.ts';
import { TimeWindow } from './time-window.ts';
import { WindowBreaker } from './window-breaker.ts';

/** A real breaker within a wrapper that does one thing wrong. */
function wrapped(
  Broken: new (inner: ObservableCircuitBreaker) => ObservableCircuitBreaker,
): BreakerSubject {
  return { ...realSubject, create: (options) => new Broken(realSubject.create(options)) };
}

/** A real breaker with settings or a window that options cannot ask for. */
function assembled(
  settingsOf: (settings: BreakerSettings) => BreakerSettings,
  windowOf: (settings: BreakerSettings) => OutcomeWindow = ({ window, clock }) =>
    createWindow(window, clock.now()),
): BreakerSubject {
  return {
    ...realSubject,
    create(options: CircuitBreakerOptions) {
      const settings = settingsOf(readSettings(options));
      return new WindowBreaker(
        settings,
        windowOf(settings),
        new BreakerEvents(settings.onListenerError),
      );
    },
  };
}

const same = (settings: BreakerSettings): BreakerSettings => settings;

/** Evicts one bucket per push, however much time has passed. */
class OneBucketPerPush extends TimeWindow {
  #nowSeen: number;
  readonly #bucketMs: number;

  constructor(durationMs: number, buckets: number, now: number) {
    super(durationMs, buckets, now);
    this.#nowSeen = now;
    this.#bucketMs = durationMs / buckets;
  }

  override advance(now: number): void {
    if (now < this.#nowSeen + this.#bucketMs) return;
    this.#nowSeen += this.#bucketMs;
    super.advance(this.#nowSeen);
  }
}

const oneBucketPerPush = assembled(same, ({ window, clock }) =>
  window.type === 'time'
    ? new OneBucketPerPush(window.durationMs, window.buckets, clock.now())
    : createWindow(window, clock.now()),
);

/** Never takes the call that falls out of the ring off the sums. */
class ForgetsToEvict extends CountWindow {
  readonly #size: number;
  #pushed = 0;
  #failed = 0;

  constructor(size: number) {
    super(size);
    this.#size = size;
  }

  override record(failed: boolean, slow: boolean): void {
    super.record(failed, slow);
    this.#pushed += 1;
    this.#failed += failed ? 1 : 0;
    if (this.#pushed > this.#size) this.failures = this.#failed;
  }
}

const forgetsToEvict = assembled(same, ({ window, clock }) =>
  window.type === 'count' ? new ForgetsToEvict(window.size) : createWindow(window, clock.now()),
);

/** Applies a success to whatever state there is by now. */
class StaleSuccessCounts extends ForwardingBreaker {
  protected override wrap(permit: BreakerPermit): BreakerPermit {
    return {
      allowed: true,
      success: () => {
        permit.ignore();
        this.inner.recordSuccess();
      },
      failure: (error) => permit.failure(error),
      ignore: () => permit.ignore(),
    };
  }
}

/** Applies a failure to whatever state there is by now. */
class StaleFailureCounts extends ForwardingBreaker {
  protected override wrap(permit: BreakerPermit): BreakerPermit {
    return {
      allowed: true,
      success: () => permit.success(),
      failure: (error) => {
        permit.ignore();
        this.inner.recordFailure(error);
      },
      ignore: () => permit.ignore(),
    };
  }
}

/** Takes a cancelled probe for a success. */
class CancelledProbeCloses extends ForwardingBreaker {
  protected override wrap(permit: BreakerPermit): BreakerPermit {
    return {
      allowed: true,
      success: () => permit.success(),
      failure: (error) => permit.failure(error),
      ignore: () => permit.success(),
    };
  }
}

/** Keeps the permit of a cancelled probe. */
class CancelledProbeKeepsPermit extends ForwardingBreaker {
  protected override wrap(permit: BreakerPermit): BreakerPermit {
    return {
      allowed: true,
      success: () => permit.success(),
      failure: (error) => permit.failure(error),
      ignore: () => undefined,
    };
  }
}

/** Counts each report of a permit. */
class CountsTwice extends ForwardingBreaker {
  protected override wrap(permit: BreakerPermit): BreakerPermit {
    let reports = 0;
    return {
      allowed: true,
      success: () => {
        reports += 1;
        if (reports === 1) permit.success();
        else this.inner.recordSuccess();
      },
      failure: (error) => permit.failure(error),
      ignore: () => permit.ignore(),
    };
  }
}

/** A probe that hangs keeps its permit for good. */
const endlessLease = assembled((settings) => ({
  ...settings,
  probeLeaseMs: Number.POSITIVE_INFINITY,
}));

const onePermitTooMany: BreakerSubject = {
  ...realSubject,
  create: (options) =>
    realSubject.create({ ...options, halfOpenPermits: (options.halfOpenPermits ?? 2) + 1 }),
};

/** Opens only above its threshold. */
const opensAbove = assembled((settings) => ({
  ...settings,
  failureThreshold: settings.failureThreshold + 1,
}));

/** Remembers when it was made instead of when it opened. */
class RestoredOpenIsDue extends ForwardingBreaker {
  override importState(snapshot: unknown): void {
    this.inner.importState({ ...(snapshot as BreakerSnapshot), openRemainingMs: 0 });
  }
}

/** Begins the whole open time again. */
class RestoredOpenBeginsAgain extends ForwardingBreaker {
  override importState(snapshot: unknown): void {
    const saved = snapshot as BreakerSnapshot;
    const isOpen = saved.state === 'open' && saved.forced === null;
    this.inner.importState({ ...saved, openRemainingMs: isOpen ? 1e9 : 0 });
  }
}

/** Believes the date: set back by a month, it waits for a month. */
class WaitsByTheDate extends ForwardingBreaker {
  readonly #clock: CircuitBreakerOptions['clock'];

  constructor(inner: ObservableCircuitBreaker, clock: CircuitBreakerOptions['clock']) {
    super(inner);
    this.#clock = clock;
  }

  override importState(snapshot: unknown): void {
    const saved = snapshot as BreakerSnapshot;
    const left = saved.savedAt + saved.openRemainingMs - (this.#clock?.epoch() ?? 0);
    this.inner.importState(saved);
    if (left > saved.openRemainingMs && saved.state === 'open') this.inner.forceOpen();
  }
}

const waitsByTheDate: BreakerSubject = {
  ...realSubject,
  create: (options) => new WaitsByTheDate(realSubject.create(options), options.clock),
};

/** A force that was restored has lost its handle. */
class RestoredForceStays extends ForwardingBreaker {
  #isStuck = false;

  override importState(snapshot: unknown): void {
    this.inner.importState(snapshot);
    this.#isStuck = (snapshot as BreakerSnapshot).forced !== null;
  }

  override releaseForce(): void {
    if (!this.#isStuck) this.inner.releaseForce();
  }

  override reset(): void {
    if (!this.#isStuck) this.inner.reset();
  }
}

/** Calls under way count as calls without a failure. */
class DilutedWindow extends CountWindow {
  settledCalls = 0;
  inFlight = 0;

  override record(failed: boolean, slow: boolean): void {
    this.calls = this.settledCalls;
    super.record(failed, slow);
    this.settledCalls = this.calls;
    this.calls += this.inFlight;
  }
}

class InFlightDilutes extends ForwardingBreaker {
  readonly #window: DilutedWindow;

  constructor(inner: ObservableCircuitBreaker, window: DilutedWindow) {
    super(inner);
    this.#window = window;
  }

  override tryAcquire(): BreakerPermit | BreakerRejection {
    this.#window.inFlight += 1;
    return this.inner.tryAcquire();
  }
}

const inFlightDilutes: BreakerSubject = {
  ...realSubject,
  create(options) {
    const settings = readSettings(options);
    const window = new DilutedWindow(settings.window.type === 'count' ? settings.window.size : 10);
    const inner = new WindowBreaker(settings, window, new BreakerEvents(settings.onListenerError));
    return new InFlightDilutes(inner, window);
  },
};

/** Calls its listeners without a guard. */
class ListenersFailCalls extends ForwardingBreaker {
  readonly #successListeners: ((event: BreakerEventMap['success']) => void)[] = [];

  override on<Name extends BreakerEventName>(
    event: Name,
    listener: BreakerListener<Name>,
  ): Disposable {
    if (event === 'success') {
      this.#successListeners.push(listener as BreakerListener<'success'>);
      return { [Symbol.dispose]: () => undefined };
    }
    return this.inner.on(event, listener);
  }

  protected override wrap(permit: BreakerPermit): BreakerPermit {
    return {
      allowed: true,
      success: () => {
        permit.success();
        for (const listener of this.#successListeners) listener({ name: this.name, slow: false });
      },
      failure: (error) => permit.failure(error),
      ignore: () => permit.ignore(),
    };
  }
}

/** Tells of each change as if it came from the closed state. */
class ForgetsWhereFrom extends ForwardingBreaker {
  override on<Name extends BreakerEventName>(
    event: Name,
    listener: BreakerListener<Name>,
  ): Disposable {
    return this.inner.on(event, (told) => listener({ ...told, from: 'closed' }));
  }
}

/** Takes a call without a result for a failed one. */
const undefinedIsFailure: BreakerSubject = {
  ...realSubject,
  protect: async <T>(breaker: CircuitBreaker, operation: () => Promise<T> | T): Promise<T> => {
    const permit = breaker.tryAcquire();
    if (!permit.allowed) throw new Error('refused');
    const result = await operation();
    if (result === undefined) permit.failure();
    else permit.success();
    return result;
  },
};

/** Lets calls beyond the probes wait for a permit. */
const excessIsParked: BreakerSubject = {
  ...realSubject,
  protect: async <T>(breaker: CircuitBreaker, operation: () => Promise<T> | T): Promise<T> => {
    const clock = new ManualClock();
    if (breaker.state === 'half_open' && !breaker.tryAcquire().allowed) await clock.sleep(1);
    return protect(breaker, operation);
  },
};

/** Tells refused calls to wait a little less than is needed. */
class PromisesTooMuch extends ForwardingBreaker {
  override tryAcquire(): BreakerPermit | BreakerRejection {
    const permit = this.inner.tryAcquire();
    return permit.allowed ? permit : { allowed: false, retryAfterMs: permit.retryAfterMs - 1 };
  }
}

const mutants: readonly (readonly [
  mutant: string,
  subject: BreakerSubject,
  property: keyof typeof properties,
])[] = [
  ['evicts one bucket per push', oneBucketPerPush, 'behavesLikeTheModel'],
  ['keeps what falls out of a count window', forgetsToEvict, 'behavesLikeTheModel'],
  ['opens above its threshold, not at it', opensAbove, 'behavesLikeTheModel'],
  ['lets a stale success close it', wrapped(StaleSuccessCounts), 'staleSuccessChangesNothing'],
  ['lets a stale failure open it again', wrapped(StaleFailureCounts), 'staleFailureChangesNothing'],
  [
    'takes a cancelled probe for a success',
    wrapped(CancelledProbeCloses),
    'ignoreConservesPermits',
  ],
  [
    'loses the permit of a cancelled probe',
    wrapped(CancelledProbeKeepsPermit),
    'ignoreConservesPermits',
  ],
  ['counts a second report', wrapped(CountsTwice), 'secondReportChangesNothing'],
  ['sticks to a hung probe', endlessLease, 'comesBackToLife'],
  ['issues one probe too many', onePermitTooMany, 'issuesAtMostNProbes'],
  ['half-opens at once when restored', wrapped(RestoredOpenIsDue), 'restoredOpenWaitsForTheRest'],
  [
    'begins to wait again when restored',
    wrapped(RestoredOpenBeginsAgain),
    'restoredOpenWaitsForTheRest',
  ],
  ['half-opens at once when restored', wrapped(RestoredOpenIsDue), 'restoredDecidesTheSame'],
  ['waits for a date that was set back', waitsByTheDate, 'restoredOpenWaitsForTheRest'],
  ['never lifts a restored force', wrapped(RestoredForceStays), 'restoredForceCanBeLifted'],
  ['dilutes the rate with calls in flight', inFlightDilutes, 'callsInFlightDoNotDilute'],
  ['fails calls by their listeners', wrapped(ListenersFailCalls), 'listenersCannotFailCalls'],
  ['tells a change from the wrong state', wrapped(ForgetsWhereFrom), 'changesAreAChain'],
  ['takes undefined for a failure', undefinedIsFailure, 'anyResultIsASuccess'],
  ['parks calls beyond the probes', excessIsParked, 'excessIsRefusedAtOnce'],
  ['promises a call too early', wrapped(PromisesTooMuch), 'refusalTellsTheTime'],
];

describe('the properties of a circuit breaker', () => {
  it.for(mutants)('catch one that %s (%$)', { timeout: 60_000 }, async ([, subject, name]) => {
    const property: BreakerProperty = properties[name];
    await expect(property(subject, { seed: 1 })).rejects.toThrow('Property failed after');
  });

  it('are each broken by some mutant', () => {
    expect(new Set(mutants.map(([, , property]) => property))).toEqual(
      new Set(Object.keys(properties)),
    );
  });
});

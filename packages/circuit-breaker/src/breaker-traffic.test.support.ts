import { ManualClock } from '@integrations/testing';
import type { BreakerPermit } from '@integrations/types';
import fc from 'fast-check';
import type { BreakerSubject } from './breaker-subject.test.support.ts';
import {
  NaiveBreaker,
  type NaivePermit,
  type NaiveSettings,
} from './naive-breaker.test.support.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';

export const DAY_MS: number = 86_400_000;

/** What a permit can report. */
export type Outcome = 'success' | 'failure' | 'ignore';

/** One thing that happens to a breaker. */
export type Action =
  | { readonly do: 'acquire' | 'forceOpen' | 'forceClosed' | 'releaseForce' | 'reset' }
  | { readonly do: 'settle'; readonly which: number; readonly outcome: Outcome }
  | { readonly do: 'record'; readonly outcome: 'success' | 'failure' }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'setDate'; readonly shiftMs: number }
  | {
      readonly do: 'restart';
      readonly downMs: number;
      readonly shiftMs: number;
      readonly start: number;
    };

export const outcome: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome[]>(
  'success',
  'failure',
  'ignore',
);
/** How far a date is set, or a process away. */
export const shift: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -30 * DAY_MS, 30 * DAY_MS),
  fc.integer({ min: -200, max: 200 }),
);

/** What calls and time do. */
export const traffic: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Action>({ do: 'acquire' }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(30), outcome }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      outcome: fc.constantFrom('success' as const, 'failure' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(60) }),
  },
);

/** What operators and the machine do besides. */
const intervention: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action[]>(
    { do: 'forceOpen' },
    { do: 'forceClosed' },
    { do: 'releaseForce' },
    { do: 'releaseForce' },
    { do: 'reset' },
  ),
  fc.record({ do: fc.constant('setDate' as const), shiftMs: shift }),
  fc.record({
    do: fc.constant('restart' as const),
    downMs: fc.nat(100),
    shiftMs: shift,
    start: fc.nat(1_000_000),
  }),
);

export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: traffic },
  { weight: 1, arbitrary: intervention },
);

const window: fc.Arbitrary<NaiveSettings['window']> = fc.oneof(
  fc.constant({ type: 'consecutive' as const }),
  fc.record({ type: fc.constant('count' as const), size: fc.integer({ min: 4, max: 12 }) }),
  fc
    .record({ buckets: fc.integer({ min: 1, max: 5 }), bucketMs: fc.integer({ min: 1, max: 40 }) })
    .map(({ buckets, bucketMs }) => ({
      type: 'time' as const,
      duration: buckets * bucketMs,
      buckets,
    })),
);

const rate = fc.constantFrom(0.25, 0.5, 0.75, 1);

const thresholds = fc.record(
  {
    failureThreshold: fc.integer({ min: 1, max: 4 }),
    failureRate: rate,
    slowCallRate: rate,
    slowCallDuration: fc.integer({ min: 1, max: 50 }),
    minimumCalls: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['failureThreshold', 'minimumCalls', 'slowCallDuration'] },
);

export const settings: fc.Arbitrary<NaiveSettings> = fc
  .record({
    window,
    thresholds,
    byRateOnly: fc.boolean(),
    successThreshold: fc.integer({ min: 1, max: 3 }),
    spare: fc.nat(2),
    openDuration: fc.integer({ min: 1, max: 60 }),
    openDurationFactor: fc.constantFrom(1, 2, 3),
    maxOpenDuration: fc.integer({ min: 60, max: 200 }),
    probeLease: fc.integer({ min: 1, max: 60 }),
    halfOpenRetryAfter: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ thresholds: given, byRateOnly, spare, window: chosen, ...rest }) => {
    const { failureThreshold, slowCallDuration, minimumCalls, ...rates } = given;
    const isConsecutive = chosen.type === 'consecutive';
    const hasThreshold = isConsecutive || !byRateOnly || rates.failureRate === undefined;
    return {
      ...rest,
      window: chosen,
      slowCallDuration,
      halfOpenPermits: rest.successThreshold + spare,
      ...(isConsecutive ? {} : { ...rates, minimumCalls }),
      ...(hasThreshold ? { failureThreshold } : {}),
    };
  });

export function settle(permit: BreakerPermit, how: Outcome): void {
  if (how === 'success') permit.success();
  else if (how === 'failure') permit.failure(new Error('the service failed'));
  else permit.ignore();
}

/** A breaker under test, its clock, and the model beside it. */
export class Bench {
  readonly #subject: BreakerSubject;
  readonly #settings: NaiveSettings;
  clock: ManualClock = new ManualClock();
  breaker: ObservableCircuitBreaker;
  readonly model: NaiveBreaker;
  readonly #permits: { real: BreakerPermit; naive: NaivePermit }[] = [];

  constructor(subject: BreakerSubject, options: NaiveSettings) {
    this.#subject = subject;
    this.#settings = options;
    this.breaker = subject.create({ ...options, clock: this.clock });
    this.model = new NaiveBreaker(options, this.clock.now());
  }

  async run(action: Action): Promise<void> {
    const now = this.clock.now();
    switch (action.do) {
      case 'acquire':
        this.#acquire(now);
        break;
      case 'settle': {
        const permit = this.#permits[action.which % Math.max(1, this.#permits.length)];
        if (permit === undefined) break;
        settle(permit.real, action.outcome);
        this.model.settle(permit.naive, action.outcome, now);
        break;
      }
      case 'record':
        if (action.outcome === 'success') this.breaker.recordSuccess();
        else this.breaker.recordFailure();
        this.model.record(action.outcome, now);
        break;
      case 'advance':
        await this.clock.advance(action.ms);
        break;
      case 'setDate':
        this.clock.setEpoch(this.clock.epoch() + action.shiftMs);
        break;
      case 'restart':
        this.#restart(action.downMs + action.shiftMs, action.start);
        break;
      case 'forceOpen':
        this.breaker.forceOpen();
        this.model.force('open', now);
        break;
      case 'forceClosed':
        this.breaker.forceClosed();
        this.model.force('closed', now);
        break;
      case 'releaseForce':
        this.breaker.releaseForce();
        this.model.release(now);
        break;
      case 'reset':
        this.breaker.reset();
        this.model.reset(now);
        break;
    }
  }

  /** What the breaker shows and what the model does. */
  seen(): readonly [actual: unknown, expected: unknown] {
    const now = this.clock.now();
    const { breaker, model } = this;
    const statistics = breaker.statistics();
    const { calls, failures, slowCalls } = statistics.window;
    const actual = {
      state: breaker.state,
      isOpen: breaker.isOpen(),
      forced: statistics.forced,
      openings: statistics.openings,
      window: { calls, failures, slowCalls },
      totals: statistics.totals,
      retryAfterMs: statistics.retryAfterMs,
      timers: this.clock.pending,
    };
    const expected = {
      state: model.seenState(now),
      isOpen: model.seenState(now) === 'open',
      forced: model.forced,
      openings: model.openings,
      window: model.window(now),
      totals: model.totals,
      retryAfterMs: model.seenState(now) === 'open' ? model.waitMs(now) : 0,
      timers: 0,
    };
    return [actual, expected];
  }

  #acquire(now: number): void {
    const real = this.breaker.tryAcquire();
    const naive = this.model.acquire(now);
    const [waitMs, expectedMs] = [
      real.allowed ? 0 : real.retryAfterMs,
      typeof naive === 'number' ? naive : 0,
    ];
    if (waitMs !== expectedMs) throw new Error(`asks to wait ${waitMs} ms, not ${expectedMs} ms`);
    if (real.allowed && typeof naive !== 'number') this.#permits.push({ real, naive });
  }

  /** A new process, whose monotonic clock begins anywhere. */
  #restart(dateShiftMs: number, start: number): void {
    const saved = JSON.stringify(this.breaker.exportState());
    const savedAt = this.clock.now();
    this.clock = new ManualClock({ start, epoch: this.clock.epoch() + dateShiftMs });
    this.breaker = this.#subject.create({ ...this.#settings, clock: this.clock });
    this.breaker.importState(JSON.parse(saved));
    this.model.restart(savedAt, start, Math.max(0, dateShiftMs));
    // Their process is gone.
    this.#permits.length = 0;
  }
}

import { ManualClock } from '@integrations/testing';
import type { BreakerPermit } from '@integrations/types';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { BreakerSubject } from './breaker-subject.test.support.ts';
import {
  anyAction,
  Bench,
  DAY_MS,
  outcome,
  type Outcome,
  settings,
  settle,
  shift,
  traffic,
} from './breaker-traffic.test.support.ts';
import type { NaiveSettings } from './naive-breaker.test.support.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';

/** Passes when the subject keeps the property; throws with the shortest counterexample otherwise. */
export type BreakerProperty = (
  subject: BreakerSubject,
  parameters?: fc.Parameters<unknown>,
) => Promise<void>;

/** Whatever happens, the breaker does what one that remembers everything would do. */
const behavesLikeTheModel: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(anyAction, { maxLength: 80, size: 'max' }),
      async (options, actions) => {
        const bench = new Bench(subject, options);
        for (const action of actions) {
          await bench.run(action);
          const [actual, expected] = bench.seen();
          expect(actual).toEqual(expected);
        }
      },
    ),
    { numRuns: 2000, ...parameters },
  );
};

const SIMPLE: NaiveSettings = {
  window: { type: 'count', size: 10 },
  failureThreshold: 3,
  minimumCalls: 1,
  successThreshold: 2,
  openDuration: 100,
  openDurationFactor: 1,
  maxOpenDuration: 100,
  halfOpenPermits: 3,
  probeLease: 50,
  halfOpenRetryAfter: 10,
};

function open(breaker: ObservableCircuitBreaker): void {
  for (let count = 0; count < 3; count += 1) breaker.recordFailure();
  expect(breaker.state).toBe('open');
}

/** Half open, and waiting for its first probe. */
async function halfOpened(
  subject: BreakerSubject,
  options: NaiveSettings = SIMPLE,
): Promise<{ breaker: ObservableCircuitBreaker; clock: ManualClock }> {
  const clock = new ManualClock();
  const breaker = subject.create({ ...options, clock });
  open(breaker);
  await clock.advance(options.openDuration);
  return { breaker, clock };
}

/** A half-open time admits no more probes than N, those not counted that gave their permit back. */
const issuesAtMostNProbes: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 5 }),
      fc.array(traffic, { maxLength: 60, size: 'max' }),
      async (halfOpenPermits, actions) => {
        const options = { ...SIMPLE, halfOpenPermits };
        const { breaker, clock } = await halfOpened(subject, options);
        let changes = 0;
        breaker.on('stateChange', () => {
          changes += 1;
        });
        const held = new Map<BreakerPermit, { readonly until: number; readonly era: number }>();
        let used = 0;
        let era = 0;
        for (const action of actions) {
          if (action.do === 'advance') await clock.advance(action.ms);
          if (action.do === 'acquire') {
            const permit = breaker.tryAcquire();
            if (permit.allowed && breaker.state === 'half_open') {
              if (era !== changes) [era, used] = [changes, 0];
              held.set(permit, { until: clock.now() + options.probeLease, era });
            }
          }
          if (action.do === 'settle') {
            const [permit, lease] = [...held][action.which % Math.max(1, held.size)] ?? [];
            if (permit === undefined || lease === undefined) continue;
            held.delete(permit);
            const counts = lease.era === changes && clock.now() < lease.until;
            settle(permit, action.outcome);
            if (counts && action.outcome === 'success') used += 1;
          }
          const running = [...held.values()].filter(
            (lease) => lease.era === changes && clock.now() < lease.until,
          );
          if (breaker.state === 'half_open' && era === changes) {
            expect(running.length + used).toBeLessThanOrEqual(halfOpenPermits);
          }
        }
      },
    ),
    { numRuns: 300, ...parameters },
  );
};

/** What a late or repeated report must leave alone. */
function essence(breaker: ObservableCircuitBreaker): unknown {
  const { totals, window: counts, state, openings } = breaker.statistics();
  const { late: _late, ...counted } = totals;
  return { state, openings, counts, counted, saved: breaker.exportState() };
}

async function staleReports(
  subject: BreakerSubject,
  how: Outcome,
  parameters: fc.Parameters<unknown> | undefined,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('open', 'half_open', 'closed'),
      fc.nat(1),
      async (stale, target, probes) => {
        const clock = new ManualClock();
        const breaker = subject.create({ ...SIMPLE, clock });
        const permits = Array.from({ length: stale }, () => breaker.tryAcquire());
        open(breaker);
        if (target !== 'open') {
          await clock.advance(SIMPLE.openDuration);
          for (let count = 0; count < probes; count += 1) breaker.recordSuccess();
          const probe = breaker.tryAcquire();
          if (target === 'closed') {
            if (probe.allowed) probe.success();
            if (probes === 0) breaker.recordSuccess();
          }
        }
        expect(breaker.state).toBe(target);
        const before = essence(breaker);
        for (const permit of permits) {
          if (permit.allowed) settle(permit, how);
          expect(essence(breaker)).toEqual(before);
        }
      },
    ),
    { numRuns: 100, ...parameters },
  );
}

/** A success that comes after the state has changed closes nothing. */
const staleSuccessChangesNothing: BreakerProperty = (subject, parameters) =>
  staleReports(subject, 'success', parameters);

/** A failure that comes after the state has changed opens nothing. */
const staleFailureChangesNothing: BreakerProperty = (subject, parameters) =>
  staleReports(subject, 'failure', parameters);

/** Only the first report of a permit counts. */
const secondReportChangesNothing: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      outcome,
      fc.array(outcome, { minLength: 1, maxLength: 4 }),
      async (probe, first, later) => {
        const { breaker } = await halfOpened(subject);
        if (!probe) breaker.reset();
        const permit = breaker.tryAcquire();
        if (!permit.allowed) throw new Error('a permit was due');
        settle(permit, first);
        const before = essence(breaker);
        for (const how of later) settle(permit, how);
        expect(essence(breaker)).toEqual(before);
        expect(breaker.statistics().inFlight).toBe(0);
      },
    ),
    { numRuns: 100, ...parameters },
  );
};

/** However many probes are cancelled, the breaker stays half open and has all its permits. */
const ignoreConservesPermits: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 20 }),
      async (rounds) => {
        const { breaker } = await halfOpened(subject);
        for (const probes of rounds) {
          const permits = Array.from({ length: probes }, () => breaker.tryAcquire());
          for (const permit of permits) if (permit.allowed) permit.ignore();
          expect(breaker.state).toBe('half_open');
        }
        const all = Array.from({ length: SIMPLE.halfOpenPermits + 1 }, () => breaker.tryAcquire());
        expect(all.filter(({ allowed }) => allowed)).toHaveLength(SIMPLE.halfOpenPermits);
      },
    ),
    { numRuns: 100, ...parameters },
  );
};

/** After the longest open time and a lease, a call is let through, whatever went before. */
const comesBackToLife: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(traffic, { maxLength: 60, size: 'max' }),
      async (options, actions) => {
        const bench = new Bench(subject, options);
        for (const action of actions) await bench.run(action);
        await bench.clock.advance(Math.max(options.maxOpenDuration, options.probeLease));
        expect(bench.breaker.tryAcquire().allowed).toBe(true);
      },
    ),
    { numRuns: 300, ...parameters },
  );
};

/** A refusal's waiting time is the time that it takes, to the millisecond. */
const refusalTellsTheTime: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(SIMPLE.openDuration - 2), async (after) => {
      const clock = new ManualClock();
      const breaker = subject.create({ ...SIMPLE, clock });
      open(breaker);
      await clock.advance(after);
      const refusal = breaker.tryAcquire();
      if (refusal.allowed) throw new Error('a refusal was due');
      await clock.advance(refusal.retryAfterMs - 1);
      expect([breaker.isOpen(), breaker.tryAcquire().allowed]).toEqual([true, false]);
      await clock.advance(1);
      expect([breaker.isOpen(), breaker.tryAcquire().allowed]).toEqual([false, true]);
    }),
    { numRuns: 50, ...parameters },
  );
};

/** A restored breaker decides as the one it was saved from, which goes on beside it. */
const restoredDecidesTheSame: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(traffic, { maxLength: 40, size: 'max' }),
      fc.array(
        traffic.filter((action) => action.do !== 'settle'),
        { maxLength: 40, size: 'max' },
      ),
      async (options, before, after) => {
        const bench = new Bench(subject, options);
        for (const action of before) await bench.run(action);
        const { breaker: original, clock } = bench;
        const restored = subject.create({ ...options, clock });
        restored.importState(JSON.parse(JSON.stringify(original.exportState())));
        for (const action of after) {
          if (action.do === 'advance') await clock.advance(action.ms);
          if (action.do === 'record') {
            for (const breaker of [original, restored]) {
              if (action.outcome === 'success') breaker.recordSuccess();
              else breaker.recordFailure();
            }
          }
          if (action.do === 'acquire') {
            const [first, second] = [original.tryAcquire(), restored.tryAcquire()];
            expect(second.allowed ? 0 : second.retryAfterMs).toBe(
              first.allowed ? 0 : first.retryAfterMs,
            );
          }
          expect(restored.exportState()).toEqual(original.exportState());
        }
      },
    ),
    { numRuns: 200, ...parameters },
  );
};

/** A breaker saved open waits for what was left, less the time it was away, wherever the date was set. */
const restoredOpenWaitsForTheRest: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(99), shift, async (after, awayMs) => {
      const clock = new ManualClock();
      const breaker = subject.create({ ...SIMPLE, clock });
      open(breaker);
      await clock.advance(after);
      const saved = breaker.exportState();
      const later = new ManualClock({ start: 7, epoch: clock.epoch() + awayMs });
      const restored = subject.create({ ...SIMPLE, clock: later });
      restored.importState(saved);
      const left = Math.max(0, SIMPLE.openDuration - after - Math.max(0, awayMs));
      expect(restored.statistics().retryAfterMs).toBe(left);
      expect(restored.isOpen()).toBe(left > 0);
    }),
    { numRuns: 100, ...parameters },
  );
};

/** A force outlives a restart, and can be lifted after it. */
const restoredForceCanBeLifted: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('open', 'closed'), fc.boolean(), async (force, byReset) => {
      const clock = new ManualClock();
      const breaker = subject.create({ ...SIMPLE, clock });
      if (force === 'open') breaker.forceOpen();
      else breaker.forceClosed();
      const restored = subject.create({ ...SIMPLE, clock });
      restored.importState(JSON.parse(JSON.stringify(breaker.exportState())));
      await clock.advance(365 * DAY_MS);
      for (let count = 0; count < 10; count += 1) restored.recordFailure();
      expect(restored.state).toBe(force);
      if (byReset) restored.reset();
      else restored.releaseForce();
      expect(restored.tryAcquire().allowed).toBe(true);
      restored.reset();
      open(restored);
    }),
    { numRuns: 20, ...parameters },
  );
};

/** Calls under way have no part in the failure rate. */
const callsInFlightDoNotDilute: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(50),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      async (inFlight, failed) => {
        const { failureThreshold: _none, ...rest } = SIMPLE;
        const breaker = subject.create({
          ...rest,
          failureRate: 0.5,
          minimumCalls: 4,
          clock: new ManualClock(),
        });
        for (let count = 0; count < inFlight; count += 1) breaker.tryAcquire();
        for (const one of failed) {
          if (one) breaker.recordFailure();
          else breaker.recordSuccess();
        }
        const mustOpen = failed.filter(Boolean).length >= 2;
        expect(breaker.state).toBe(mustOpen ? 'open' : 'closed');
      },
    ),
    { numRuns: 100, ...parameters },
  );
};

/** What a listener throws reaches `onListenerError`, and neither the call nor the other listeners. */
const listenersCannotFailCalls: BreakerProperty = async (subject, parameters) => {
  const names = ['stateChange', 'rejected', 'success', 'failure'] as const;
  await fc.assert(
    fc.asyncProperty(fc.subarray([...names], { minLength: 1 }), async (throwing) => {
      const reported: unknown[] = [];
      const clock = new ManualClock();
      const breaker = subject.create({
        ...SIMPLE,
        failureThreshold: 1,
        clock,
        onListenerError: (error) => reported.push(error),
      });
      const heard: string[] = [];
      for (const name of throwing) {
        breaker.on(name, () => {
          throw new Error(name);
        });
      }
      for (const name of names) breaker.on(name, () => heard.push(name));
      expect(await subject.protect(breaker, () => 1)).toBe(1);
      await expect(
        subject.protect(breaker, () => Promise.reject(new Error('down'))),
      ).rejects.toThrow('down');
      expect(breaker.tryAcquire().allowed).toBe(false);
      expect(heard).toEqual(['success', 'failure', 'stateChange', 'rejected']);
      expect(reported.map((error) => (error as Error).message)).toEqual(
        heard.filter((name) => throwing.some((one) => one === name)),
      );
    }),
    { numRuns: 30, ...parameters },
  );
};

/** The changes that a listener hears of are a chain, and end at the state. */
const changesAreAChain: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(
        anyAction.filter((action) => action.do !== 'restart'),
        { maxLength: 60, size: 'max' },
      ),
      async (options, actions) => {
        const bench = new Bench(subject, options);
        let last = bench.breaker.state;
        const told: { from: string; to: string }[] = [];
        bench.breaker.on('stateChange', ({ from, to }) => told.push({ from, to }));
        for (const action of actions) {
          await bench.run(action);
          for (const change of told.splice(0)) {
            expect(change).toEqual({ from: last, to: expect.not.stringMatching(`^${last}$`) });
            last = change.to as typeof last;
          }
          const { state } = bench.breaker;
          const isDue = last === 'open' && state === 'half_open';
          expect(isDue ? 'half_open' : last).toBe(state);
        }
      },
    ),
    { numRuns: 200, ...parameters },
  );
};

/** Whatever a call resolves to is its result, and a success. */
const anyResultIsASuccess: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom<unknown[]>(undefined, null, false, 0, ''), fc.anything()),
      fc.boolean(),
      async (value, sync) => {
        const breaker = subject.create({ ...SIMPLE, clock: new ManualClock() });
        const plain = { value };
        const call = sync ? () => plain.value : async () => plain.value;
        const isThenable = typeof (value as { then?: unknown } | null)?.then === 'function';
        fc.pre(!isThenable);
        expect(await subject.protect(breaker, call)).toBe(value);
        expect(breaker.statistics().totals).toMatchObject({ successes: 1, failures: 0 });
      },
    ),
    { numRuns: 100, ...parameters },
  );
};

/** A call beyond the probes is refused within the same turn: nothing waits for anything. */
const excessIsRefusedAtOnce: BreakerProperty = async (subject, parameters) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (excess) => {
      const { breaker, clock } = await halfOpened(subject);
      for (let count = 0; count < SIMPLE.halfOpenPermits; count += 1) breaker.tryAcquire();
      let made = 0;
      let refused = 0;
      const calls = Array.from({ length: excess }, async () => {
        try {
          await subject.protect(breaker, () => {
            made += 1;
          });
        } catch {
          refused += 1;
        }
      });
      // Lets every promise reaction run; no time passes.
      await clock.advance(0);
      expect({ made, refused, timers: clock.pending }).toEqual({
        made: 0,
        refused: excess,
        timers: 0,
      });
      await Promise.all(calls);
    }),
    { numRuns: 30, ...parameters },
  );
};

type BreakerPropertyName =
  | 'behavesLikeTheModel'
  | 'issuesAtMostNProbes'
  | 'staleSuccessChangesNothing'
  | 'staleFailureChangesNothing'
  | 'secondReportChangesNothing'
  | 'ignoreConservesPermits'
  | 'comesBackToLife'
  | 'refusalTellsTheTime'
  | 'restoredDecidesTheSame'
  | 'restoredOpenWaitsForTheRest'
  | 'restoredForceCanBeLifted'
  | 'callsInFlightDoNotDilute'
  | 'listenersCannotFailCalls'
  | 'changesAreAChain'
  | 'anyResultIsASuccess'
  | 'excessIsRefusedAtOnce';

/** Every property by its name. */
export const breakerProperties: Readonly<Record<BreakerPropertyName, BreakerProperty>> = {
  behavesLikeTheModel,
  issuesAtMostNProbes,
  staleSuccessChangesNothing,
  staleFailureChangesNothing,
  secondReportChangesNothing,
  ignoreConservesPermits,
  comesBackToLife,
  refusalTellsTheTime,
  restoredDecidesTheSame,
  restoredOpenWaitsForTheRest,
  restoredForceCanBeLifted,
  callsInFlightDoNotDilute,
  listenersCannotFailCalls,
  changesAreAChain,
  anyResultIsASuccess,
  excessIsRefusedAtOnce,
};

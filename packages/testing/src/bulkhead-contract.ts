import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Bulkhead, BulkheadPermit, Clock } from '@integrations/types';
import {
  abortedAlready,
  assertAbortsAtOnce,
  assertNoListener,
  prepareAbort,
} from './abort-checks.ts';
import { type ContractCase, describeContract } from './contract.ts';
import { timedContract, type TimedContractOptions, type TimedTrial } from './contract-clock.ts';
import { watch } from './watched.ts';

/** What `create` must set a bulkhead to. At least 20 calls must be able to wait, without a time limit. */
export interface BulkheadContractSettings {
  /** How many calls may be in flight. It must not adapt in the suite's few calls. */
  readonly maxConcurrent: number;
  /** The time it must go by. */
  readonly clock: Clock;
}

/** Options of `describeBulkheadContract`. */
export type BulkheadContractOptions = TimedContractOptions<BulkheadContractSettings, Bulkhead>;

type BulkheadCase = ContractCase<TimedTrial<Bulkhead>>;

const PLACES = 2;

function take(bulkhead: Bulkhead, expectation: string): BulkheadPermit {
  const permit = bulkhead.tryAcquire();
  if (permit === undefined) throw new Error(`${expectation}; tryAcquire() gave none`);
  return permit;
}

function fill(bulkhead: Bulkhead): BulkheadPermit[] {
  return Array.from({ length: PLACES }, () => take(bulkhead, 'each place should be given out'));
}

function assertFull(bulkhead: Bulkhead, when: string): void {
  equal(bulkhead.tryAcquire(), undefined, `a place beyond the ${PLACES} was given out ${when}`);
}

/** Waits in line, and notes its turn and its permit. */
function queue(bulkhead: Bulkhead, names: readonly (readonly [string, number])[]) {
  const turns: string[] = [];
  const permits: BulkheadPermit[] = [];
  const waiting = names.map(([name, priority]) =>
    watch(async () => {
      permits.push(await bulkhead.acquire({ priority }));
      turns.push(name);
    }),
  );
  return { turns, permits, waiting };
}

const placeCases: readonly BulkheadCase[] = [
  {
    promise: 'no more calls are in flight than it was set to',
    check: async ({ subject: bulkhead }) => {
      fill(bulkhead);
      assertFull(bulkhead, 'by tryAcquire()');
      const waiter = watch(() => bulkhead.acquire());
      await waiter.mustWait('acquire() should wait while all places are taken');
    },
  },
  {
    promise: 'acquire() gives a free place at once',
    check: async ({ subject: bulkhead }) => {
      for (let place = 0; place < PLACES; place += 1) {
        await watch(() => bulkhead.acquire()).value('a free place should be given at once');
      }
      assertFull(bulkhead, 'by acquire()');
    },
  },
  {
    promise: 'release() gives the place to who waits',
    check: async ({ subject: bulkhead }) => {
      const [first] = fill(bulkhead);
      const waiter = watch(() => bulkhead.acquire());
      await waiter.mustWait('acquire() should wait while all places are taken');
      first?.release();
      await waiter.value('a released place should be given to who waits');
      assertFull(bulkhead, 'after the freed place was given to who waited');
    },
  },
  {
    promise: 'only the first release() of a permit counts',
    check: ({ subject: bulkhead }) => {
      const [first] = fill(bulkhead);
      first?.release();
      first?.release();
      first?.release({ error: new Error('late') });
      take(bulkhead, 'a released place should be given out again');
      assertFull(bulkhead, 'because one permit was released three times');
    },
  },
  {
    promise: 'release() takes any outcome, and each gives the place back',
    check: ({ subject: bulkhead }) => {
      const outcomes = [undefined, {}, { latencyMs: 12 }, { error: new Error('failed') }];
      fill(bulkhead)[0]?.release();
      for (const outcome of outcomes) {
        take(bulkhead, 'the place should be free again').release(outcome);
      }
    },
  },
];

const lineCases: readonly BulkheadCase[] = [
  {
    promise: 'who waits is served in order of arrival',
    check: async ({ subject: bulkhead }) => {
      const held = fill(bulkhead);
      const { turns, permits, waiting } = queue(bulkhead, [
        ['first', 0],
        ['second', 0],
        ['third', 0],
      ]);
      for (const waiter of waiting) await waiter.mustWait('acquire() should wait for a place');
      for (const waiter of waiting) {
        (held.shift() ?? permits.shift())?.release();
        await waiter.value('each released place should go to the next in line');
      }
      deepEqual(turns, ['first', 'second', 'third'], `they were served as ${turns.join(', ')}`);
    },
  },
  {
    promise: 'a higher priority goes first',
    check: async ({ subject: bulkhead }) => {
      const held = fill(bulkhead);
      const { turns, waiting } = queue(bulkhead, [
        ['low', 0],
        ['high', 10],
      ]);
      for (const waiter of waiting) await waiter.mustWait('acquire() should wait for a place');
      held[0]?.release();
      await waiting[1]?.value('the released place should go to the higher priority');
      deepEqual(turns, ['high'], `served: ${turns.join(', ')}`);
    },
  },
  {
    promise: 'waiting is over when the deadline has passed',
    check: async ({ subject: bulkhead, clock }) => {
      const [first] = fill(bulkhead);
      const waiter = watch(() => bulkhead.acquire({ deadline: clock.now() + 1000 }));
      await clock.advance(1001);
      await waiter.reason('acquire() should reject once its deadline has passed');
      first?.release();
      take(bulkhead, 'the place should not have gone to who gave up waiting');
    },
  },
];

const abortCases: readonly BulkheadCase[] = [
  {
    promise: 'an abort rejects a waiting acquire() at once with the reason, and leaves no listener',
    check: async ({ subject: bulkhead }) => {
      fill(bulkhead);
      const abort = prepareAbort();
      await assertAbortsAtOnce(
        watch(() => bulkhead.acquire({ signal: abort.signal })),
        abort,
      );
    },
  },
  {
    promise: 'an aborted signal rejects acquire() with the reason, and takes no place',
    check: async ({ subject: bulkhead }) => {
      const { signal, reason } = abortedAlready();
      const waiter = watch(() => bulkhead.acquire({ signal }));
      const error = await waiter.reason('acquire() should reject when its signal is aborted');
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      fill(bulkhead);
    },
  },
  {
    promise: 'who was aborted takes no place from those behind',
    check: async ({ subject: bulkhead }) => {
      const [first] = fill(bulkhead);
      const gone = prepareAbort();
      const aborted = watch(() => bulkhead.acquire({ signal: gone.signal }));
      const next = watch(() => bulkhead.acquire());
      await assertAbortsAtOnce(aborted, gone);
      first?.release();
      await next.value('the place should go to the next in line');
    },
  },
  {
    promise: 'an abort in the same moment as a release() loses no place',
    check: async ({ subject: bulkhead }) => {
      const [first] = fill(bulkhead);
      const { signal, abort } = prepareAbort();
      const waiter = watch(() => bulkhead.acquire({ signal }));
      await waiter.mustWait('acquire() should wait for a place');
      first?.release();
      abort();
      const standing = await waiter.standing();
      ok(standing.state !== 'pending', 'acquire() still waits after a release and an abort');
      if (standing.state === 'fulfilled') standing.value.release();
      take(bulkhead, 'the place should be free again');
      assertFull(bulkhead, 'after the abort');
    },
  },
  {
    promise: 'no listener is left on the signal once the permit is given',
    check: async ({ subject: bulkhead }) => {
      const { signal } = prepareAbort();
      const [first] = fill(bulkhead);
      const waiter = watch(() => bulkhead.acquire({ signal }));
      await waiter.mustWait('acquire() should wait for a place');
      first?.release();
      const permit = await waiter.value('the released place should be given to who waits');
      assertNoListener(signal, 'after the permit was given');
      permit.release();
      await watch(() => bulkhead.acquire({ signal })).value('a free place should be given');
      assertNoListener(signal, 'after a permit was given at once');
    },
  },
];

/**
 * Checks what `Bulkhead` promises: a bound on the calls in flight, permits that
 * count once, a fair line, and waiting that ends by abort or deadline.
 */
export function describeBulkheadContract(options: BulkheadContractOptions): void {
  const cases = [...placeCases, ...lineCases, ...abortCases];
  const settings = { maxConcurrent: PLACES };
  describeContract(options, timedContract('Bulkhead', options, settings, cases));
}

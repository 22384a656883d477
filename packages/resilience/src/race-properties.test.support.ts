import { deepEqual, equal } from 'node:assert/strict';
import { createCircuitBreaker } from '@integrations/circuit-breaker';
import { Semaphore } from '@integrations/rate-limits';
import { hedge } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type { RetryExecutor } from '@integrations/types';
import fc from 'fast-check';
import type { CreateOrchestrator } from './execution-properties.test.support.ts';
import { PartsLedger } from './parts-ledger.test.support.ts';

/** Two attempts that heed no signal. */
interface Race {
  readonly takesMs: readonly [first: number, second: number];
  /** When the second joins. */
  readonly delay: number;
  readonly totalTimeout: number;
}

/** No two things happen at one moment: then their order would decide. */
const race: fc.Arbitrary<Race> = fc
  .record({
    takesMs: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
    delay: fc.integer({ min: 0, max: 30 }),
    totalTimeout: fc.constantFrom(0, 20),
  })
  .filter(({ takesMs: [first, second], delay, totalTimeout }) => {
    const moments = [first, delay, delay + second, totalTimeout];
    return new Set(moments.filter((at) => at > 0)).size === moments.filter((at) => at > 0).length;
  });

async function run(
  { takesMs, delay, totalTimeout }: Race,
  create: CreateOrchestrator,
): Promise<void> {
  const clock = new ManualClock();
  const ledger = new PartsLedger();
  const retry: RetryExecutor = {
    execute: (operation, options) => hedge(operation, { delay, clock, ...options }),
  };
  const orchestrator = create({
    retry,
    circuitBreaker: ledger.breaker(createCircuitBreaker({ clock })),
    bulkhead: ledger.bulkhead(new Semaphore({ limit: 2, clock })),
    clock: ledger.clock(clock),
  });
  const stopped: [attempt: number, at: number][] = [];
  let settledAt = Number.POSITIVE_INFINITY;
  const settle = (): void => void (settledAt = clock.now());
  orchestrator
    .execute(
      async ({ attempt, signal }) => {
        signal?.addEventListener('abort', () => stopped.push([attempt, clock.now()]));
        await clock.sleep(takesMs[attempt - 1] ?? 0);
      },
      { totalTimeout },
    )
    .then(settle, settle);

  const ends = [takesMs[0], delay + takesMs[1]];
  const wonAt = Math.min(...ends);
  const overAt = totalTimeout === 0 ? wonAt : Math.min(wonAt, totalTimeout);
  const begun = [1, 2].filter((attempt) => attempt === 1 || delay < overAt);
  const unfinished = begun.filter((attempt) => (ends[attempt - 1] ?? 0) > overAt);
  await clock.advance(overAt);
  equal(settledAt, overAt, 'the race is over when one has won or time is up');
  deepEqual(
    stopped,
    unfinished.map((attempt) => [attempt, overAt]),
    'whoever has not ended is stopped then',
  );
  equal(ledger.places, unfinished.length, 'a loser keeps its place until its work has ended');
  equal(ledger.unsettled, 0, 'the breaker has heard of all');
  const verdict = overAt < wonAt ? 'failure' : 'ignore';
  const verdicts = unfinished.map(() => verdict);
  deepEqual(
    ledger.verdicts.toSorted(),
    (overAt === wonAt ? [...verdicts, 'success'] : verdicts).toSorted(),
  );
  equal(clock.pending, unfinished.length, 'only the work that goes on has timers');
  await clock.runAll();
  equal(ledger.places, 0, 'a place has leaked');
  deepEqual(ledger.faults, []);
}

/** What holds for attempts that race, whatever they take. */
export function endsItsLosers(create: CreateOrchestrator): fc.IAsyncProperty<[Race]> {
  return fc.asyncProperty(race, (generated) => run(generated, create));
}

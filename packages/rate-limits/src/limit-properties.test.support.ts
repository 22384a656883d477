import * as fc from 'fast-check';
import type { Limit } from './limit.ts';

/** One thing that was let through. */
export interface Charge {
  readonly at: number;
  cost: number;
}

export interface Step {
  readonly wait: number;
  readonly cost: number;
  /** What becomes of something that was let through before: given back, or corrected to that part. */
  readonly correct: number | undefined;
}

export function steps(longestWait: number = 60): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.record({
      wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: longestWait })),
      cost: fc.integer({ min: 0, max: 12 }),
      correct: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    }),
    { maxLength: 80 },
  );
}

/** Every charge kept, and summed anew each time. */
export function naiveWindow(
  limit: number,
  windowMs: number,
): Pick<Limit, 'canTake'> & { take(cost: number, now: number): void } {
  const charges: Charge[] = [];
  return {
    canTake(cost, now) {
      const live = charges.filter(({ at }) => at + windowMs > now);
      return live.reduce((sum, charge) => sum + charge.cost, 0) + cost <= limit;
    },
    take(cost, now) {
      charges.push({ at: now, cost });
    },
  };
}

/** The largest sum over any stretch that is shorter than `windowMs`. */
export function worstWindow(charges: readonly Charge[], windowMs: number): number {
  let worst = 0;
  for (const { at } of charges) {
    const within = charges.filter((charge) => charge.at >= at && charge.at < at + windowMs);
    worst = Math.max(
      worst,
      within.reduce((sum, { cost }) => sum + cost, 0),
    );
  }
  return worst;
}

/** Runs steps against a limit, with refunds and settlements; gives what was charged in the end. */
function run(limit: Limit, moves: readonly Step[]): Charge[] {
  const charges: (Charge & { ticket: number; open: boolean })[] = [];
  let now = 0;
  for (const { wait, cost, correct } of moves) {
    now += wait;
    const old = charges.find(({ open }) => open);
    if (old !== undefined && correct !== undefined) {
      const actual = Math.round(old.cost * correct);
      if (actual === 0) limit.refund(old.ticket, old.cost, now);
      else limit.settle(old.ticket, old.cost, actual, now);
      old.cost = actual;
      old.open = false;
    }
    if (!limit.canTake(cost, now)) continue;
    charges.push({ at: now, cost, ticket: limit.take(cost, now), open: true });
  }
  return charges;
}

/** No window ever holds more than the limit, after all corrections. */
export function holdsInEveryWindow(
  create: (limit: number, windowMs: number) => Limit,
  windowMs: number = 100,
): fc.IProperty<[Step[], number]> {
  return fc.property(
    steps(Math.floor(windowMs * 0.6)),
    fc.integer({ min: 1, max: 20 }),
    (moves, limit) => worstWindow(run(create(limit, windowMs), moves), windowMs) <= limit,
  );
}

/** Any stretch of time holds at most the burst plus the rate times its length. */
export function holdsBurstAndRate(
  create: (limit: number, periodMs: number, burst: number) => Limit,
): fc.IProperty<[Step[], number, number]> {
  const periodMs = 100;
  return fc.property(
    steps(),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 12 }),
    (moves, limit, burst) => {
      const charges = run(create(limit, periodMs, burst), moves);
      return charges.every((first, from) => {
        let sum = 0;
        return charges.slice(from).every(({ at, cost }) => {
          sum += cost;
          return sum * periodMs <= burst * periodMs + limit * (at - first.at);
        });
      });
    },
  );
}

/** `readyAt` is the first moment at which `canTake` says yes, to the millisecond. */
export function knowsWhenItIsReady(create: () => Limit): fc.IProperty<[Step[]]> {
  return fc.property(steps(), (moves) => {
    const limit = create();
    let now = 0;
    return moves.every(({ wait, cost }) => {
      now += wait;
      if (cost > limit.capacity) return limit.readyAt(cost, now) > now;
      const ready = limit.readyAt(cost, now);
      const isRight =
        limit.canTake(cost, now) === (ready === now) &&
        (ready - 1 <= now || !limit.canTake(cost, ready - 1));
      now = Math.max(now, Math.ceil(ready));
      if (!isRight || !limit.canTake(cost, now)) return false;
      limit.take(cost, now);
      return true;
    });
  });
}

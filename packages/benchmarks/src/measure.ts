import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MeasuringPlan } from './plan.ts';
import { median } from './statistics.ts';
import type { AsyncSubject, Cost, Figures, Subject, Suite } from './suite.ts';

/** What one process found: medians of its rounds. */
export interface Measurement {
  readonly subject: Figures;
  readonly floor: Figures;
  /** Medians of each round's own ratio, for the machine's pace differs from round to round. */
  readonly ratio: Figures;
  /** Medians of each round's own difference. */
  readonly added: Figures;
}

/** Makes so many calls. */
type Batch = (calls: number) => Promise<unknown>;

/** Far more than any batch needs, and short of counting on for ever. */
const MOST_CALLS = 1e9;

/** The floor is small, and compiled long before its subject. */
const FLOOR_PART = 0.2;

// Three loops and not one: a loop that sees two kinds of callees is compiled for both, and each pays for the other.
function floorBatch({ call }: AsyncSubject): Batch {
  return async (calls) => {
    let last: unknown;
    for (let made = 0; made < calls; made += 1) last = await call();
    return last;
  };
}

function asyncBatch({ call }: AsyncSubject): Batch {
  return async (calls) => {
    let last: unknown;
    for (let made = 0; made < calls; made += 1) last = await call();
    return last;
  };
}

function syncBatch(callSync: () => unknown): Batch {
  return async (calls) => {
    let last: unknown;
    for (let made = 0; made < calls; made += 1) last = callSync();
    return last;
  };
}

function subjectBatch(subject: Subject): Batch {
  return 'call' in subject ? asyncBatch(subject) : syncBatch(subject.callSync);
}

async function costOf(batch: Batch, calls: number): Promise<Cost> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await batch(calls);
  // What was put off to the next turn of the event loop belongs to the calls too.
  await nextTurn();
  const wallMs = performance.now() - before;
  const cpu = process.cpuUsage(cpuBefore);
  return { cpu: ((cpu.user + cpu.system) * 1e3) / calls, wall: (wallMs * 1e6) / calls };
}

/** Runs the batch until it is compiled, and finds how many calls fill a turn. */
async function warmUp(
  batch: Batch,
  warmupMs: number,
  warmupCalls: number,
  batchMs: number,
): Promise<number> {
  const until = performance.now() + warmupMs;
  let calls = 1;
  let made = 0;
  for (;;) {
    const { wall } = await costOf(batch, calls);
    made += calls;
    const fitting = Math.max(1, Math.round((batchMs * 1e6) / wall));
    if (made >= warmupCalls && performance.now() >= until) return Math.min(MOST_CALLS, fitting);
    // The first calls are slow, so their number grows by steps.
    calls = Math.min(fitting, calls * 4);
  }
}

/** Takes one turn, and tells what a call took. */
type Turn = () => Promise<Figures>;

/** Turns of many calls, long enough for the clock, once both are compiled. */
async function measuredTurns(
  subject: Subject,
  floor: AsyncSubject,
  { warmupMs, warmupPart, batchMs }: MeasuringPlan,
  suiteCalls: number,
): Promise<{ subject: Turn; floor: Turn }> {
  const warmupCalls = suiteCalls * warmupPart;
  const batches = { floor: floorBatch(floor), subject: subjectBatch(subject) };
  const floorCalls = await warmUp(batches.floor, warmupMs * FLOOR_PART, warmupCalls, batchMs);
  const subjectCalls = await warmUp(batches.subject, warmupMs, warmupCalls, batchMs);
  return {
    subject: () => costOf(batches.subject, subjectCalls),
    floor: () => costOf(batches.floor, floorCalls),
  };
}

/** A turn of one call, which tells what it took. */
function reportedTurn(subject: Subject): Turn {
  return async () => ('call' in subject ? await subject.call() : subject.callSync()) as Figures;
}

/** One turn of each. */
interface Round {
  readonly floor: Figures;
  readonly subject: Figures;
}

/** The median over the rounds of what is made of each figure. */
function middles(
  rounds: readonly Round[],
  value: (subject: number, floor: number) => number,
): Figures {
  const keys = Object.keys(rounds[0]?.subject ?? {});
  return Object.fromEntries(
    keys.map((key) => [
      key,
      median(rounds.map(({ subject, floor }) => value(subject[key] ?? NaN, floor[key] ?? NaN))),
    ]),
  );
}

/** Lets the subject and its floor take turns, each going first in every other round. */
export async function measure(
  subject: Subject,
  floor: AsyncSubject,
  plan: MeasuringPlan,
  {
    partsPerCall: parts = 1,
    warmupCalls = 0,
    reportsFigures = false,
  }: Pick<Suite, 'partsPerCall' | 'warmupCalls' | 'reportsFigures'> = {},
): Promise<Measurement> {
  const turns = reportsFigures
    ? { subject: reportedTurn(subject), floor: reportedTurn(floor) }
    : await measuredTurns(subject, floor, plan, warmupCalls);

  const rounds: Round[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    const early = round % 2 === 0 ? await turns.subject() : undefined;
    const ofFloor = await turns.floor();
    rounds.push({ floor: ofFloor, subject: early ?? (await turns.subject()) });
  }

  return {
    subject: middles(rounds, (own) => own / parts),
    floor: middles(rounds, (_own, least) => least / parts),
    added: middles(rounds, (own, least) => (own - least) / parts),
    ratio: middles(rounds, (own, least) => own / least),
  };
}

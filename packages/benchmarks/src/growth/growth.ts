import type { Contestant } from '../contestants/contestant.ts';
import { floor, ours } from '../contestants/contestants.ts';
import { openai } from '../contestants/openai.ts';
import { TIMES } from '../measures.ts';
import { MEMORY } from '../memory/memory.ts';
import type { Size } from '../plan.ts';
import { breakerScaling, lineScaling } from '../primitives/scaling.ts';
import { probingCalls } from '../probes/probing.ts';
import type { BenchmarkCase, Suite } from '../suite.ts';

const CALLS: Readonly<Record<Size, number>> = { full: 20_000, quick: 200 };
const SOAK_CALLS: Readonly<Record<Size, number>> = { full: 100_000, quick: 1000 };

const LEVELS = [1, 10, 100, 1000];

/** The level that the others are set beside. */
const USUAL = 64;

const PLANS = { full: { processes: 3, rounds: 1 }, quick: { rounds: 1 } };

const [reporting, bare] = ours;
const own = [reporting, bare].filter((one) => one !== undefined);

const count = (value: number): string => value.toLocaleString('en-US');

function atLevels(
  contestant: Contestant,
  levels: readonly number[],
  prepare: (inFlight: number, size: Size) => ReturnType<BenchmarkCase['prepare']>,
): readonly BenchmarkCase[] {
  return levels.map((inFlight) => ({
    name: `${contestant.name}, ${count(inFlight)} in flight`,
    by: contestant.by,
    prepare: (size) => prepare(inFlight, size),
  }));
}

const calls: Suite = {
  name: 'growth/in flight',
  measures: TIMES,
  reportsFigures: true,
  fullOnly: true,
  plans: PLANS,
  floor: {
    name: `undici request and JSON.parse, ${USUAL} in flight`,
    prepare: (size) =>
      probingCalls('calls', { name: floor.name, count: CALLS[size], inFlight: USUAL }),
  },
  groups: [...own, openai, floor].map((contestant) => ({
    title: `A call, ${contestant.name}`,
    // undici's streams hold more files open than ten thousand calls may have on most machines.
    cases: atLevels(
      contestant,
      contestant === floor ? LEVELS : [...LEVELS, 10_000],
      (inFlight, size) =>
        probingCalls('calls', {
          name: contestant.name,
          // As many have to be under way, whatever the size.
          count: Math.max(CALLS[size], inFlight),
          inFlight,
        }),
    ),
  })),
};

const memory: Suite = {
  name: 'growth/waiting',
  comparison: 'value',
  measures: MEMORY,
  reportsFigures: true,
  fullOnly: true,
  plans: PLANS,
  floor: {
    name: 'undici request and JSON.parse, 1,000 in flight',
    prepare: () => probingCalls('memory', { name: floor.name, count: 0, inFlight: 1000 }),
  },
  groups: [...own, openai, floor].map((contestant) => ({
    title: `Calls that wait, ${contestant.name}`,
    cases: atLevels(contestant, [100, 1000, 5000], (inFlight) =>
      probingCalls('memory', { name: contestant.name, count: 0, inFlight }),
    ),
  })),
};

const primitives: Suite = {
  name: 'growth/primitives',
  floor: {
    name: 'bare async call',
    prepare: async () => ({ call: async () => 1 }),
  },
  groups: [
    { title: 'A line of those who wait', cases: lineScaling },
    { title: 'A breaker for each key', cases: breakerScaling },
  ],
};

/** Whether the cost grows with the size. */
export const growth: readonly Suite[] = [calls, memory, primitives];

/** Whether what is alive grows with time. */
export const soak: Suite = {
  name: 'soak',
  comparison: 'value',
  measures: [
    { key: 'growth', title: 'grown per call', unit: 'bytes' },
    { key: 'added', title: 'grown in all', unit: 'bytes' },
  ],
  reportsFigures: true,
  fullOnly: true,
  plans: { full: { processes: 1, rounds: 1 }, quick: { rounds: 1 } },
  floor: {
    name: 'undici request and JSON.parse',
    prepare: (size) =>
      probingCalls('soak', { name: floor.name, count: SOAK_CALLS[size], inFlight: USUAL }),
  },
  groups: [
    {
      title: 'Heap over many calls',
      cases: [...ours, openai].map(({ name, by }) => ({
        name,
        by,
        prepare: (size) => probingCalls('soak', { name, count: SOAK_CALLS[size], inFlight: USUAL }),
      })),
    },
  ],
};

import { floor, ours, peers } from '../contestants/contestants.ts';
import { casesFor } from '../contestants/exchanges.ts';
import { probingCalls } from '../probes/probing.ts';
import type { Measure, Suite } from '../suite.ts';

const IN_FLIGHT = 1000;

/** The most by which the process may grow. */
const MOST_BYTES = 55 * 1024 ** 2;

export const MEMORY: readonly [Measure, Measure, Measure] = [
  { key: 'peak', title: 'RSS added', unit: 'bytes' },
  { key: 'live', title: 'heap per call', unit: 'bytes' },
  { key: 'wall', title: 'wall', unit: 'time' },
];

const probing = (name: string) =>
  probingCalls('memory', { name, count: IN_FLIGHT, inFlight: IN_FLIGHT });

/** What a thousand calls hold while they wait for their answers. */
export const memory: Suite = {
  name: 'memory',
  comparison: 'value',
  measures: MEMORY,
  reportsFigures: true,
  plans: { full: { processes: 5, rounds: 1 }, quick: { rounds: 1 } },
  chart: true,
  floor: { name: 'undici request and JSON.parse', prepare: () => probing(floor.name) },
  groups: [
    {
      title: '1,000 calls in flight, answered after 300 ms',
      cases: casesFor([...ours, ...peers], ({ name }) => probing(name), MOST_BYTES),
    },
  ],
};

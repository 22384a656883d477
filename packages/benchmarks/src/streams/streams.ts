import { floor, ours, peers } from '../contestants/contestants.ts';
import { casesFor, type Exchange, exchanging } from '../contestants/exchanges.ts';
import { CPU_ALONE, THROUGHPUT } from '../measures.ts';
import type { Behaviour } from '../server/behaviour.ts';
import type { Measure, Suite } from '../suite.ts';
import { firstTexts } from './first-text.ts';

const BURST_CHUNKS = 512;
const PACED_CHUNKS = 40;

/** Reads a stream to its end, and makes sure that it was whole: the last chunk has no text. */
function readingAll(chunks: number): Exchange {
  return async (connection) => {
    const texts = await connection.stream(() => undefined);
    if (texts !== chunks - 1) throw new Error(`A stream of ${chunks} chunks gave ${texts} texts.`);
    return texts;
  };
}

type Special = Pick<Suite, 'measures' | 'plans' | 'warmupCalls' | 'chart'>;

function streamSuite(
  name: string,
  title: string,
  behaviour: Partial<Behaviour> & { readonly chunks: number },
  target: number,
  special: Special,
): Suite {
  const reading = readingAll(behaviour.chunks);
  return {
    name: `streams/${name}`,
    partsPerCall: behaviour.chunks,
    ...special,
    floor: {
      name: `undici request and JSON.parse, an event of a stream, ${name}`,
      prepare: () => exchanging(floor, behaviour, reading),
    },
    groups: [
      {
        title,
        cases: casesFor(
          [...ours, ...peers],
          (contestant) => exchanging(contestant, behaviour, reading),
          target,
        ),
      },
    ],
  };
}

const burst: Special = {
  measures: THROUGHPUT,
  plans: { full: { processes: 3, rounds: 10 }, quick: { rounds: 3 } },
  warmupCalls: 100,
  chart: true,
};

const FIRST_TEXT: Measure = { key: 'wall', title: 'first text', unit: 'time', compared: true };

const firstText: Suite = {
  name: 'streams/first text',
  measures: [FIRST_TEXT],
  reportsFigures: true,
  plans: { full: { processes: 3, rounds: 10 }, quick: { rounds: 3 } },
  chart: true,
  floor: {
    name: 'undici request and JSON.parse, until the first text',
    prepare: (size) => firstTexts(floor, size),
  },
  groups: [
    { title: 'Time to the first text', cases: casesFor([...ours, ...peers], firstTexts, 1.2) },
  ],
};

/** What reading a stream takes, for each of its events. */
export const streams: readonly Suite[] = [
  streamSuite(
    'an event per write',
    'An event of a stream, one per write',
    { chunks: BURST_CHUNKS },
    1.2,
    burst,
  ),
  streamSuite(
    '32 events per write',
    'An event of a stream, 32 per write',
    { chunks: BURST_CHUNKS, eventsPerWrite: 32 },
    1.2,
    burst,
  ),
  streamSuite(
    'events 5 ms apart',
    'An event of a stream, 5 ms apart',
    { chunks: PACED_CHUNKS, paceMs: 5 },
    1.1,
    {
      measures: CPU_ALONE,
      plans: { full: { processes: 3, rounds: 10 }, quick: { rounds: 2 } },
      warmupCalls: 10,
    },
  ),
  firstText,
];

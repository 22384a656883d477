import { floor, ours, peers } from '../contestants/contestants.ts';
import { casesFor, type Exchange, exchanging } from '../contestants/exchanges.ts';
import { THROUGHPUT } from '../measures.ts';
import type { Suite } from '../suite.ts';
import { keepInFlight } from './in-flight.ts';

const ONE_PLANS = { full: { processes: 3 } };
const MANY_PLANS = { full: { processes: 3 }, quick: { rounds: 2 } };

/** Several rounds of them, so that the last ones, which are fewer, weigh little. */
const CONCURRENT_CALLS = 512;
const IN_FLIGHT = 64;

const one: Exchange = (connection) => connection.chat();
const many: Exchange = (connection) =>
  keepInFlight(IN_FLIGHT, CONCURRENT_CALLS, () => connection.chat());

const oneAtATime: Suite = {
  name: 'calls/one at a time',
  plans: ONE_PLANS,
  warmupCalls: 5000,
  chart: true,
  floor: { name: 'undici request and JSON.parse', prepare: () => exchanging(floor, {}, one) },
  groups: [
    {
      title: 'Chat, one at a time',
      cases: casesFor([...ours, ...peers], (contestant) => exchanging(contestant, {}, one), 1),
    },
  ],
};

const sixtyFour: Suite = {
  name: 'calls/64 in flight',
  plans: MANY_PLANS,
  measures: THROUGHPUT,
  partsPerCall: CONCURRENT_CALLS,
  warmupCalls: 20,
  chart: true,
  floor: {
    name: 'undici request and JSON.parse, 64 in flight',
    prepare: () => exchanging(floor, {}, many),
  },
  groups: [
    {
      title: 'Chat, 64 in flight',
      cases: casesFor([...ours, ...peers], (contestant) => exchanging(contestant, {}, many), {
        CPU: 1,
        'per second': 1,
      }),
    },
  ],
};

/** What a whole call takes, with a server in a process of its own. */
export const calls: readonly Suite[] = [oneAtATime, sixtyFour];

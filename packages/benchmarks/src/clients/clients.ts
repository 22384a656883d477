import { TIMES } from '../measures.ts';
import type { Size } from '../plan.ts';
import { probingClients } from '../probes/probing.ts';
import type { Suite } from '../suite.ts';
import { floorConstructor, ourConstructors, peerConstructors } from './constructors.ts';

const CLIENTS: Readonly<Record<Size, number>> = { full: 2000, quick: 200 };

/** The most that a client of ours may hold. */
const MOST_BYTES = 5 * 1024;

/** What a client takes before it makes a call. */
export const clients: Suite = {
  name: 'client',
  comparison: 'value',
  measures: [{ key: 'bytes', title: 'heap', unit: 'bytes' }, ...TIMES],
  reportsFigures: true,
  plans: { full: { processes: 3, rounds: 3 }, quick: { rounds: 1 } },
  floor: {
    name: floorConstructor.name,
    prepare: (size) => probingClients(floorConstructor.name, CLIENTS[size]),
  },
  groups: [
    {
      title: 'A client',
      cases: [...ourConstructors, ...peerConstructors].map(({ name, by }) => ({
        name,
        by,
        ...(by === 'ours' ? { target: MOST_BYTES } : {}),
        prepare: (size) => probingClients(name, CLIENTS[size]),
      })),
    },
  ],
};

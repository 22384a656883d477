import { floor, ours, oursFloat32, peers } from '../contestants/contestants.ts';
import { casesFor, type Exchange, exchanging } from '../contestants/exchanges.ts';
import { DIMENSIONS, VECTORS } from '../server/embedding-answers.ts';
import type { Suite } from '../suite.ts';

const embed: Exchange = async (connection) => {
  const vectors = await connection.embed();
  if (vectors !== VECTORS) throw new Error(`${vectors} of ${VECTORS} vectors came.`);
  return vectors;
};

const TITLE = `${VECTORS} vectors of ${DIMENSIONS}`;

/** What many vectors take. */
export const embeddings: Suite = {
  name: 'embeddings',
  plans: { full: { processes: 3 }, quick: { rounds: 3 } },
  warmupCalls: 50,
  chart: true,
  floor: {
    name: `undici request, JSON.parse, ${TITLE} as Float32Array`,
    prepare: () => exchanging(floor, {}, embed),
  },
  groups: [
    {
      title: `${TITLE}, as Float32Array`,
      cases: casesFor(oursFloat32, (contestant) => exchanging(contestant, {}, embed), 0.9),
    },
    {
      title: `${TITLE}, as arrays`,
      cases: casesFor([...ours, ...peers], (contestant) => exchanging(contestant, {}, embed), 1.3),
    },
  ],
};

import { keepInFlight } from '../calls/in-flight.ts';
import { contestantNamed } from '../contestants/contestants.ts';
import { pathOf } from '../server/behaviour.ts';
import { slope } from '../statistics.ts';
import type { Figures } from '../suite.ts';
import { liveBytes } from './memory.ts';
import type { ProbeSettings } from './probe.ts';

const SEGMENTS = 10;

/** What fills up and then stays has filled up by then. */
const SETTLING_SEGMENTS = 3;

/** Whether what is alive grows with the number of calls. */
export async function soakProbe({
  name,
  origin,
  count,
  inFlight,
}: ProbeSettings): Promise<Figures> {
  const connection = await contestantNamed(name).connect(`${origin}${pathOf()}`);
  const perSegment = Math.ceil(count / SEGMENTS);
  const points: { x: number; y: number }[] = [];
  for (let segment = 1; segment <= SEGMENTS; segment += 1) {
    await keepInFlight(inFlight, perSegment, () => connection.chat());
    points.push({ x: segment * perSegment, y: liveBytes() });
  }
  const settled = points.slice(SETTLING_SEGMENTS);
  const [first] = settled;
  return { growth: slope(settled), added: (points.at(-1)?.y ?? 0) - (first?.y ?? 0) };
}

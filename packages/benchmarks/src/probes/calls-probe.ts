import { keepInFlight } from '../calls/in-flight.ts';
import { contestantNamed } from '../contestants/contestants.ts';
import { pathOf } from '../server/behaviour.ts';
import type { Figures } from '../suite.ts';
import type { ProbeSettings } from './probe.ts';

/** What a call takes while so many others are under way. */
export async function callsProbe(settings: ProbeSettings): Promise<Figures> {
  const { name, origin, count, inFlight } = settings;
  const connection = await contestantNamed(name).connect(`${origin}${pathOf()}`);
  const call = () => connection.chat();
  await keepInFlight(inFlight, count, call);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await keepInFlight(inFlight, count, call);
  const wallMs = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: ((user + system) * 1e3) / count, wall: (wallMs * 1e6) / count };
}

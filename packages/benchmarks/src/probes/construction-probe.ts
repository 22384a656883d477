import { constructorNamed } from '../clients/constructors.ts';
import type { Figures } from '../suite.ts';
import { liveBytes } from './memory.ts';
import type { ProbeSettings } from './probe.ts';

/** What a client takes before it makes a call. */
export async function constructionProbe({ name, count }: ProbeSettings): Promise<Figures> {
  const create = await constructorNamed(name).load();
  for (let made = 0; made < count; made += 1) create();
  const clients: unknown[] = Array.from({ length: count }, () => undefined);
  const bytesBefore = liveBytes();
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  for (let made = 0; made < count; made += 1) clients[made] = create();
  const wallMs = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  const bytes = (liveBytes() - bytesBefore) / clients.length;
  return { bytes, cpu: ((user + system) * 1e3) / count, wall: (wallMs * 1e6) / count };
}

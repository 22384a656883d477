import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AsyncSubject, Cost } from '../suite.ts';

const run = promisify(execFile);

/** What an import takes: beside time, bytes that the process then holds. */
interface ImportCost extends Cost {
  readonly resident: number;
  readonly heap: number;
}

/** Imports and says what that took. What Node.js does before and after does not count. */
function scriptOf(url: string): string {
  return `
    gc();
    const memoryBefore = process.memoryUsage();
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    await import(${JSON.stringify(url)});
    const wallMs = performance.now() - before;
    const { user, system } = process.cpuUsage(cpuBefore);
    const { rss } = process.memoryUsage();
    gc();
    const { heapUsed } = process.memoryUsage();
    const cost = {
      cpu: (user + system) * 1e3,
      wall: wallMs * 1e6,
      resident: rss - memoryBefore.rss,
      heap: heapUsed - memoryBefore.heapUsed,
    };
    console.log(JSON.stringify(cost));
  `;
}

/** What the first import of a module costs, in a process of its own. */
async function importCost(url: string): Promise<ImportCost> {
  const flags = ['--expose-gc', '--input-type=module'];
  const { stdout } = await run(process.execPath, [...flags, '-e', scriptOf(url)]);
  return JSON.parse(stdout) as ImportCost;
}

/** The import of a module, as work that reports its cost. */
export function importing(url: string): AsyncSubject {
  return { call: () => importCost(url) };
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AsyncSubject, Cost } from '../suite.ts';

const run = promisify(execFile);

/** Imports and says what that took. What Node.js does before and after does not count. */
function scriptOf(url: string): string {
  return `
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    await import(${JSON.stringify(url)});
    const wallMs = performance.now() - before;
    const { user, system } = process.cpuUsage(cpuBefore);
    console.log(JSON.stringify({ cpuNs: (user + system) * 1e3, wallNs: wallMs * 1e6 }));
  `;
}

/** What the first import of a module costs, in a process of its own. */
async function importCost(url: string): Promise<Cost> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', scriptOf(url)]);
  return JSON.parse(stdout) as Cost;
}

/** The import of a module, as work that reports its cost. */
export function importing(url: string): AsyncSubject {
  return { call: () => importCost(url) };
}

import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the numbers depend on. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted a core, on average over the last minute. */
  readonly load: number;
}

export function describeMachine(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
  };
}

export function machineLine(before: Machine, loadAfter: number): string {
  const { node, platform, cpu, cores, load } = before;
  return `Node.js ${node} on ${platform}, ${cores} cores of ${cpu}, load ${load.toFixed(1)} before and ${loadAfter.toFixed(1)} after`;
}

/** The exact versions of the peers, out of this package's own manifest, and of Node.js. */
export function peerVersions(): ReadonlyMap<string, string> {
  const manifest = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { devDependencies: Record<string, string> };
  return new Map([...Object.entries(manifest.devDependencies), ['Node.js', process.versions.node]]);
}

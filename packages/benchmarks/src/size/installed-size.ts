import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { dependencyClosure, type InstalledPackage } from './dependency-closure.ts';

/** What is in a folder of this repository, and not in the package that is published. */
const UNPUBLISHED =
  /(?:^|\/)(?:node_modules|src|\.turbo)(?:\/|$)|\.test\.|\.tsbuildinfo$|^ts\w*\.json$|^turbo\.json$/;

/** All that an installed package has is published; `node_modules` within it are others. */
const FOREIGN = /(?:^|\/)node_modules(?:\/|$)/;

function sizeOf({ folder }: InstalledPackage): number {
  const isOurs = !folder.includes(`${sep}node_modules${sep}`);
  const unwanted = isOurs ? UNPUBLISHED : FOREIGN;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !unwanted.test(path.replaceAll(sep, '/')))
    .map((path) => statSync(join(folder, path)))
    .filter((entry) => entry.isFile());
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** Bytes and packages that are installed with a package. */
export function installedSize(manifestPath: string): {
  readonly installed: number;
  readonly packages: number;
} {
  const closure = dependencyClosure(manifestPath);
  return {
    installed: closure.reduce((sum, one) => sum + sizeOf(one), 0),
    packages: closure.length,
  };
}

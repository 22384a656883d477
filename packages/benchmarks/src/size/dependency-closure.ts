import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package where it is installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

function manifestAt(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

/** What npm installs with it: peers that are not optional, too. */
function dependenciesOf({ dependencies, peerDependencies, peerDependenciesMeta }: Manifest) {
  const peers = Object.keys(peerDependencies ?? {});
  const needed = peers.filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
  return [...Object.keys(dependencies ?? {}), ...needed];
}

/**
 * The package and all that is installed with it, each once.
 *
 * @param manifestPath of the package itself
 * @throws Error that names a dependency that is not installed.
 */
export function dependencyClosure(manifestPath: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (path: string): void => {
    const realPath = realpathSync(path);
    const manifest = manifestAt(realPath);
    const { name, version } = manifest;
    const id = `${name}@${version}`;
    if (found.has(id)) return;
    found.set(id, { name, version, folder: dirname(realPath) });
    for (const dependency of dependenciesOf(manifest)) {
      const next = findPackageJSON(dependency, pathToFileURL(realPath));
      if (next === undefined) throw new Error(`${id} needs ${dependency}, which is not installed.`);
      visit(next);
    }
  };
  visit(manifestPath);
  return [...found.values()];
}

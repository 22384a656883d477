// What the packages of a workspace bring from outside, in the versions that its lockfile has.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Node.js finds a dependency of the package in a folder. */
function folderOf(name, folder) {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
  }
  return undefined;
}

/** Versions by name, of dependencies and theirs. Of a package that comes in several versions, none is given. */
export function outsideVersions(workspace, packages) {
  const own = new Set(packages.map(({ manifest }) => manifest.name));
  const versions = new Map();
  const visited = new Set();
  const visit = (folder) => {
    if (visited.has(folder)) return;
    visited.add(folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { name, version, dependencies, optionalDependencies, peerDependencies } = manifest;
    if (!own.has(name)) versions.set(name, (versions.get(name) ?? new Set()).add(version));
    const peers = own.has(name) ? peerDependencies : {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peers })) {
      const found = folderOf(needed, folder);
      if (found) visit(found);
    }
  };
  for (const { folder } of packages) visit(join(workspace, folder));
  const single = [...versions].filter(([, found]) => found.size === 1);
  return new Map(single.map(([name, [version]]) => [name, version]));
}

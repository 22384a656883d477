// A project of a user who installs one package and nothing else.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from './processes.mjs';

/** Each package sees only what it declares: nothing is hoisted. Siblings come from their tarballs. */
function settingsFor(tarballs, outside) {
  const siblings = [...tarballs].map(([name, { file }]) => [name, `file:${file}`]);
  return {
    packages: [],
    hoist: false,
    autoInstallPeers: false,
    preferOffline: true,
    overrides: Object.fromEntries([...siblings, ...outside]),
  };
}

/** The peers that a user must install as well. */
function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }) {
  const isRequired = ([peer]) => !peerDependenciesMeta[peer]?.optional;
  return Object.fromEntries(Object.entries(peerDependencies).filter(isRequired));
}

/** The packages that pnpm put below `node_modules/.pnpm`: their folders, links to others left out. */
function packageFolders(store) {
  const isFolder = (entry) => entry.isDirectory();
  const foldersIn = (path) => readdirSync(path, { withFileTypes: true }).filter(isFolder);
  return foldersIn(store)
    .map(({ name }) => join(store, name, 'node_modules'))
    .flatMap((path) => foldersIn(path).map(({ name }) => join(path, name)))
    .flatMap((path) => {
      const isScope = /[\\/]@[^\\/]+$/.test(path);
      return isScope ? foldersIn(path).map(({ name }) => join(path, name)) : [path];
    });
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function installedPackages(project) {
  return packageFolders(join(project, 'node_modules/.pnpm')).map((folder) => {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, bytes: bytesIn(folder) };
  });
}

/**
 * Installs a package into an empty project; gives the project, and what came with the package.
 * `outside` has versions of packages that are not of the workspace, by name.
 */
export async function installAlone({ manifest, tarballs, parent, outside }) {
  const { name } = manifest;
  const folder = join(parent, name.split('/')[1]);
  mkdirSync(folder, { recursive: true });
  const dependencies = { [name]: `file:${tarballs.get(name).file}`, ...requiredPeers(manifest) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // JSON is YAML as well.
  const settings = JSON.stringify(settingsFor(tarballs, outside));
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), settings);
  await outputOf('pnpm', ['install'], { cwd: folder });
  return { name, folder, installed: installedPackages(folder) };
}

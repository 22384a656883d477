// Installs the newest packages beside the oldest of what they stand on, and puts that project to the test.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf, run } from '../installs/processes.mjs';
import { checkTypes } from '../installs/type-check.mjs';
import { root } from '../workspace.mjs';

/** The compiler of this workspace, for code of Node.js. */
const compiler = {
  node: { path: process.execPath },
  typescript: {
    name: 'TypeScript',
    path: join(root, 'node_modules/typescript/bin/tsc'),
    typeRoots: [join(root, 'node_modules/@types')],
  },
  places: ['nodenext'],
};

/**
 * Makes a project of a user.
 *
 * @param tarballs what the workspace packs, by name.
 * @param lowest what to take in place of those, by name: a version, or the address of a tarball.
 * @param dependencies the names that the project itself imports.
 */
export async function installBeside({ folder, tarballs, lowest, dependencies }) {
  const newest = (name) => `file:${tarballs.get(name).file}`;
  const overrides = [...tarballs.keys()].map((name) => [name, lowest.get(name) ?? newest(name)]);
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, newest(name)])),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // JSON is YAML as well.
  const settings = { packages: [], preferOffline: true, overrides: Object.fromEntries(overrides) };
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings));
  await outputOf('pnpm', ['install', '--no-frozen-lockfile'], { cwd: folder });
}

/** Runs a script in a project. Gives what it wrote of its failure, or nothing. */
export async function runIn(folder, contract) {
  const script = basename(fileURLToPath(contract));
  copyFileSync(contract, join(folder, script));
  const { status, stdout, stderr } = await run(process.execPath, [script], { cwd: folder });
  return status === 0 ? [] : [`${stdout}${stderr}`.trim()];
}

/** Compiles what an installed package declares, with all that it stands on. */
export const compileIn = (folder, name) => checkTypes({ name, folder }, compiler);

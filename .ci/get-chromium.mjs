// Gets Chromium for the tests that run in a browser. No npm package brings it. Where the machine has none, root installs
// Debian's; without root it is taken out of Debian's packages, with those of the libraries that the machine lacks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const packageName = 'chromium';
const installed = '/usr/bin/chromium';

/** The tests of packages/contract-tests look for it here too. */
const folder = join(root, '.turbo/chromium');
const unpacked = join(folder, 'chromium');

function versionOf(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Gives what the command wrote; fails with what it wrote of its failure. */
function run(command, args, cwd = root) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'pipe', 'pipe'];
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio, maxBuffer: 2 ** 26 });
}

function install() {
  run('apt-get', ['update']);
  run('apt-get', ['install', '-y', '--no-install-recommends', packageName]);
}

/** Lists of packages of one's own need no root. What the machine has installed counts. */
function ownLists() {
  mkdirSync(join(folder, 'state/lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'cache/archives/partial'), { recursive: true });
  return ['State', 'Cache']
    .flatMap((name) => ['-o', `Dir::${name}=${join(folder, name.toLowerCase())}`])
    .concat('-o', 'Dir::State::status=/var/lib/dpkg/status', '-o', 'Debug::NoLocking=1');
}

/** The packages that an installation would add: lines such as `'http://…' chromium_1.2_amd64.deb 123 MD5Sum:…`. */
function missingPackages(lists) {
  const install = ['install', '-qq', '-y', '--no-install-recommends', '--print-uris', packageName];
  const lines = run('apt-get', [...lists, ...install]).matchAll(/^'[^']*' ([^_\s]+)_/gm);
  return [...lines].map(([, name]) => name);
}

function unpack() {
  const packages = join(folder, 'packages');
  const files = join(folder, 'files');
  rmSync(folder, { recursive: true, force: true });
  for (const made of [packages, files]) mkdirSync(made, { recursive: true });
  const lists = ownLists();
  run('apt-get', [...lists, 'update']);
  run('apt-get', [...lists, 'download', ...missingPackages(lists)], packages);
  for (const name of readdirSync(packages)) {
    run('dpkg', ['--extract', join(packages, name), files]);
  }
  for (const used of ['packages', 'state', 'cache']) {
    rmSync(join(folder, used), { recursive: true });
  }
  const libraries = new Set(
    readdirSync(files, { recursive: true, withFileTypes: true })
      .filter(({ name }) => /\.so(?:\.|$)/.test(name))
      .map(({ parentPath }) => parentPath),
  );
  const start = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${[...libraries].join(':')}'`,
    `exec '${join(files, 'usr/lib/chromium/chromium')}' "$@"`,
  ];
  writeFileSync(unpacked, `${start.join('\n')}\n`, { mode: 0o755 });
}

let failure = '';
if ((versionOf(installed) ?? versionOf(unpacked)) === undefined) {
  try {
    if (process.getuid?.() === 0) install();
    else unpack();
  } catch (error) {
    failure = `: ${error.message}`;
  }
}
const version = versionOf(installed) ?? versionOf(unpacked);
if (version === undefined) {
  console.error(`There is no Chromium, and Debian's could not be got${failure}`);
  console.error('Install Chromium, and try again.');
  process.exit(1);
}
console.log(version);

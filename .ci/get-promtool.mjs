// Gets promtool, Prometheus's own checker, for the tests of what Prometheus reads. No npm package brings it, so where
// the machine has none it is taken out of Debian's package, which is not installed: that needs no root.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './workspace.mjs';

const command = 'promtool';

/** The tests of packages/metrics look for it here too. */
const folder = join(root, '.turbo/promtool');

function versionOf() {
  const env = { ...process.env, PATH: `${process.env.PATH}${delimiter}${folder}` };
  const { status, stdout } = spawnSync(command, ['--version'], { env, encoding: 'utf8' });
  return status === 0 ? stdout.split(' (', 1)[0] : undefined;
}

/** Fails with what the command wrote. */
function run(command, args, cwd) {
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function downloadPackage(cwd) {
  try {
    run('apt-get', ['download', 'prometheus'], cwd);
  } catch (error) {
    if (error.code === 'ENOENT') throw error;
    // The machine's lists of packages are missing or too old: lists of one's own need no root either.
    const own = [
      '-o',
      `Dir::State=${join(cwd, 'state')}`,
      '-o',
      `Dir::Cache=${join(cwd, 'cache')}`,
    ];
    mkdirSync(join(cwd, 'state/lists/partial'), { recursive: true });
    mkdirSync(join(cwd, 'cache/archives/partial'), { recursive: true });
    run('apt-get', [...own, 'update'], cwd);
    run('apt-get', [...own, 'download', 'prometheus'], cwd);
  }
}

function takeFromDebian() {
  mkdirSync(folder, { recursive: true });
  const unpacked = mkdtempSync(join(folder, 'package-'));
  try {
    downloadPackage(unpacked);
    const [file] = readdirSync(unpacked).filter((name) => name.endsWith('.deb'));
    run('dpkg', ['--extract', file, '.'], unpacked);
    renameSync(join(unpacked, 'usr/bin', command), join(folder, command));
  } finally {
    rmSync(unpacked, { recursive: true });
  }
}

let failure = '';
if (versionOf() === undefined) {
  try {
    takeFromDebian();
  } catch (error) {
    failure = `: ${error.message}`;
  }
}
const version = versionOf();
if (version === undefined) {
  console.error(`There is no promtool, and Debian's could not be got${failure}`);
  console.error('Install Prometheus, and try again.');
  process.exit(1);
}
console.log(version);

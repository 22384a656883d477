// Brings node_modules in step with the lockfile, or stops. pnpm's own install before a script only warns when it
// fails, and the script would then run on whatever Node.js the machine has.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from './workspace.mjs';

function stop(reason, output = '') {
  if (output) console.error(output.trimEnd());
  console.error(`Stopped: ${reason}`);
  process.exit(1);
}

function installedNodeVersion() {
  try {
    return execFileSync('node', ['--version'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
      .trim()
      .replace('v', '');
  } catch (error) {
    return stop(
      `the Node.js of this workspace does not start (${error.message}). Remove node_modules and try again.`,
    );
  }
}

if (!existsSync(join(root, 'node_modules'))) console.error('Installing the dependencies, once …');

const install = spawnSync('pnpm', ['install', '--frozen-lockfile'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
  maxBuffer: Number.POSITIVE_INFINITY,
  shell: process.platform === 'win32',
});
if (install.error)
  stop(`pnpm could not be started (${install.error.message}). Run it as: npx -y pnpm@12 <script>`);
if (install.status !== 0) {
  stop(
    'the dependencies could not be installed; the reason is above. If a package.json changed, run: npx -y pnpm@12 install',
    install.stdout + install.stderr,
  );
}

const wanted = readJson('package.json').devDependencies.node;
const running = installedNodeVersion();
if (running !== wanted) {
  stop(
    `Node.js ${running} would run instead of the pinned ${wanted}. Remove node_modules and try again.`,
  );
}

// Runs a command and shows its output only when it fails: node .ci/quietly.mjs <command> [arguments…]
import { spawnSync } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const run = spawnSync(command, args, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
  maxBuffer: Number.POSITIVE_INFINITY,
  shell: process.platform === 'win32',
});

if (run.error) {
  console.error(`${command} could not be started: ${run.error.message}`);
  process.exit(1);
}
if (run.status !== 0) {
  process.stderr.write(run.stdout + run.stderr);
  process.exit(run.status ?? 1);
}

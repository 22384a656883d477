// Runs a command without standard input, and ends it with all its children after a time:
// node .ci/within.mjs <seconds> <command> [arguments…]
import { spawn } from 'node:child_process';

const [seconds, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

const stopAll = (signal) => process.kill(-child.pid, signal);
const timer = setTimeout(
  () => {
    console.error(`Stopped after ${seconds} s: ${[command, ...args].join(' ')}`);
    stopAll('SIGKILL');
  },
  Number(seconds) * 1000,
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopAll(signal));

child.on('error', (error) => {
  clearTimeout(timer);
  console.error(`${command} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  clearTimeout(timer);
  process.exitCode = code ?? 1;
});

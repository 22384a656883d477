// Runs commands, several at once.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Gives the exit code of a command and what it wrote. */
export function run(command, args, options = {}) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (written[name] += text));
  }
  child.on('error', (error) =>
    reject(new Error(`${command} could not be started`, { cause: error })),
  );
  child.on('close', (status) => resolve({ status, ...written }));
  return promise;
}

/** Gives what a command wrote to its standard output, and fails with all that it wrote. */
export async function outputOf(command, args, options) {
  const { status, stdout, stderr } = await run(command, args, options);
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

/** The results of an async function for each item, with one call for each processor at a time. */
export async function inParallel(items, task, limit = availableParallelism()) {
  const results = Array(items.length);
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}

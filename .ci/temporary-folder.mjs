// A folder for as long as a check runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives what an async function does with a new folder, which is removed afterwards: when it fails or is stopped too. */
export async function withTemporaryFolder(name, task) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const stop = () => {
    remove();
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.once(signal, stop);
  try {
    return await task(folder);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    remove();
  }
}

#!/usr/bin/env node
import { runCommand } from './command.ts';

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  process.exitCode = await runCommand(
    process.argv.slice(2),
    process.stdout,
    process.stderr,
    stop.signal,
  );
}

void main();

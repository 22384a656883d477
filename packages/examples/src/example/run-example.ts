const ENDING_SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs an example. Ctrl-C aborts its signal and ends it as a shell expects; what it throws
 * is told in one line.
 */
export async function runExample(example: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const [signal, exitCode] of Object.entries(ENDING_SIGNALS)) {
    process.once(signal, () => {
      process.exitCode = exitCode;
      stop.abort();
    });
  }
  try {
    await example(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return;
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

import process from 'node:process';

/**
 * Shuts down once at the first of the signals, and then lets it end the process as if
 * nobody had listened, unless others listen still. Disposing stops the listening.
 */
export function shutDownOn(
  signals: readonly NodeJS.Signals[],
  shutdown: () => Promise<void>,
): Disposable {
  const stop = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    stop();
    void shutdown().then(() => {
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  for (const signal of signals) process.on(signal, onSignal);
  return { [Symbol.dispose]: stop };
}

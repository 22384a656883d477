import { Interruption } from './demo/failure.ts';
import { runDemo } from './demo/run-demo.ts';

const ENDING_SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const stop = new AbortController();
for (const [signal, exitCode] of Object.entries(ENDING_SIGNALS)) {
  process.once(signal, () => stop.abort(new Interruption(signal, exitCode)));
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `demo | head` has read enough; nothing is wrong.
  stop.abort(error.code === 'EPIPE' ? new Interruption('SIGPIPE', 141) : error);
});

process.exitCode = await runDemo(process.argv.slice(2), {
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
  stop: stop.signal,
});

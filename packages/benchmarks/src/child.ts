import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './measure.ts';
import type { MeasuringPlan } from './plan.ts';

/** The compiled worker beside the compiled file; in a test the source of it, which Node.js runs too. */
const ownExtension = extname(fileURLToPath(import.meta.url));
const workerPath = fileURLToPath(new URL(`./worker${ownExtension}`, import.meta.url));

/** Milliseconds that a case may take to get ready and to end, beside its measuring. */
const SPARE_MS = 60_000;

/** How much of what a process says on standard error is kept. */
const MOST_COMPLAINT = 4000;

function mostMs({ warmupMs, rounds, batchMs }: MeasuringPlan): number {
  return SPARE_MS + 10 * (2 * warmupMs + 2 * rounds * batchMs);
}

/** The line that names the error, of all that Node.js prints around it. */
function reasonIn(complaint: string): string {
  const lines = complaint.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*(?:Error|Exception)\b/.test(line)) ?? lines.at(-1) ?? '';
}

/**
 * Measures one case in a process of its own, which is gone afterwards.
 *
 * @throws Error that names the case when the process fails or takes too long.
 */
export function measureInChild(id: string, plan: MeasuringPlan): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const child = fork(workerPath, [id, JSON.stringify(plan)], {
      // Not those of this process: a debugger or a loader would be measured too.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: mostMs(plan),
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    let measurement: Measurement | undefined;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    child.on('message', (message) => {
      measurement = message as Measurement;
    });
    child.once('error', (error) =>
      reject(new Error(`${id}: the process did not start (${error.message}).`)),
    );
    child.once('close', (code, signal) => {
      if (measurement !== undefined) return resolve(measurement);
      const end = child.killed ? 'it took too long' : (signal ?? `exit code ${code}`);
      const reason = reasonIn(complaint.trim()) || end;
      return reject(new Error(`${id}: the process ended without a result (${reason}).`));
    });
  });
}

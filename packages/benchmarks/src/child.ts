import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './measure.ts';
import type { MeasuringPlan } from './plan.ts';

/** Of compiled files compiled ones; in a test the sources, which Node.js runs too. */
const ownExtension = extname(fileURLToPath(import.meta.url));

/** Milliseconds that a case may take to get ready, to warm up and to end, beside its measuring. */
const SPARE_MS = 180_000;

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

/** A process that is asked one thing. */
interface Errand {
  /** Says whose process it is, in errors. */
  readonly id: string;
  /** The module that answers by one message, without its extension: `./worker`, from here. */
  readonly module: string;
  readonly args: readonly string[];
  /** Options of Node.js itself. */
  readonly flags?: readonly string[];
  readonly timeoutMs: number;
}

/**
 * Asks a process of its own, which is gone afterwards.
 *
 * @throws Error that names the case when the process fails or takes too long.
 */
export function askChild({ id, module, args, flags = [], timeoutMs }: Errand): Promise<unknown> {
  const path = fileURLToPath(new URL(`${module}${ownExtension}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(path, args, {
      // Not those of this process: a debugger or a loader would be measured too.
      execArgv: [...flags],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    let answer: unknown;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    child.on('message', (message) => {
      answer = message;
    });
    child.once('error', (error) =>
      reject(new Error(`${id}: the process did not start (${error.message}).`)),
    );
    child.once('close', (code, signal) => {
      if (answer !== undefined) return resolve(answer);
      const end = child.killed ? 'it took too long' : (signal ?? `exit code ${code}`);
      const reason = reasonIn(complaint.trim()) || end;
      return reject(new Error(`${id}: the process ended without a result (${reason}).`));
    });
  });
}

/**
 * Measures one case in a process of its own.
 *
 * @throws Error that names the case when the process fails or takes too long.
 */
export async function measureInChild(id: string, plan: MeasuringPlan): Promise<Measurement> {
  const args = [id, JSON.stringify(plan)];
  const errand = { id, module: './worker', args, timeoutMs: mostMs(plan) };
  return (await askChild(errand)) as Measurement;
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, RecordedError } from './call-outcome.test.support.ts';
import type { HttpProvider } from './http-provider.test.support.ts';
import type { RecordedRequest, RecordedResponse } from './recorded-exchange.test.support.ts';

/** One call: what it was given, what was sent and answered, and what came of it. */
export interface RecordedCall extends Outcome {
  /** Of what the call is about. */
  readonly ids: readonly string[];
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  /** What comes of it where the answer is the refusal of that name. */
  readonly refused: { readonly way: string; readonly error: RecordedError };
}

/** One way to be refused, and what `models.list` makes of it. */
export interface RecordedRefusal {
  readonly response: RecordedResponse;
  readonly error: RecordedError;
}

/** All recordings of a provider. */
export interface Recordings {
  readonly calls: Readonly<Record<string, RecordedCall>>;
  readonly refusals: Readonly<Record<string, RecordedRefusal>>;
}

const REFUSALS = 'refusals.json';

/** `files` of `files.list` */
function resourceOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function folderOf({ name }: HttpProvider): string {
  return join(import.meta.dirname, 'recordings', name);
}

function writeFile(folder: string, file: string, content: object): void {
  writeFileSync(join(folder, file), `${JSON.stringify(content, undefined, 2)}\n`);
}

/**
 * Writes a file for each resource; `oxfmt` gives them their form afterwards.
 *
 * @throws Error where only some calls were recorded, as the others would be lost.
 */
export function writeRecordings(provider: HttpProvider, { calls, refusals }: Recordings): void {
  const missing = provider.names.filter((name) => !(name in calls));
  if (missing.length > 0) throw new Error(`Not recorded: ${missing.join(', ')}.`);
  const folder = folderOf(provider);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const resource of new Set(Object.keys(calls).map(resourceOf))) {
    const entries = Object.entries(calls).filter(([name]) => resourceOf(name) === resource);
    writeFile(folder, `${resource}.json`, Object.fromEntries(entries));
  }
  writeFile(folder, REFUSALS, refusals);
}

function readFile(folder: string, file: string): Readonly<Record<string, never>> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Readonly<Record<string, never>>;
}

/** What was recorded, and reviewed. */
export function readRecordings(provider: HttpProvider): Recordings {
  const folder = folderOf(provider);
  const files = readdirSync(folder).filter((file) => file !== REFUSALS);
  return {
    calls: Object.assign({}, ...files.map((file) => readFile(folder, file))) as Recordings['calls'],
    refusals: readFile(folder, REFUSALS),
  };
}

/** One of them. @throws Error where it is missing */
export function recordingOf<T>(recordings: Readonly<Record<string, T>>, name: string): T {
  const recording = recordings[name];
  if (recording === undefined) throw new Error(`${name} is not recorded: UPDATE_RECORDINGS=1.`);
  return recording;
}

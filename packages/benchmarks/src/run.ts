// The command: node run.js [options]
import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { describeMachine, machineLine, peerVersions } from './machine.ts';
import { readOptions, type RunOptions, select, usage, UsageError } from './options.ts';
import { record, type Recording } from './record.ts';
import { markdownReport, type Result, textReport } from './report.ts';
import { measureAll } from './schedule.ts';
import { casesOf, type PlacedCase } from './suite.ts';
import { suites } from './suites.ts';

/** Found out before minutes of measuring, not after. */
async function checkWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const folder = dirname(resolve(path));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: there is no folder ${folder} to write to.`, {
      cause: error,
    });
  }
}

function showProgress(done: number, all: number, id: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001B[K${done + 1}/${all} ${id}`);
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}

function asJson(head: object, results: readonly Result[]): string {
  const found = results.map(({ placed, measurements }) => ({
    suite: placed.suite.name,
    group: placed.group.title,
    name: placed.benchmark.name,
    by: placed.benchmark.by,
    target: placed.benchmark.target,
    comparison: placed.suite.comparison ?? 'ratio',
    measurements,
  }));
  return `${JSON.stringify({ ...head, results: found }, undefined, 2)}\n`;
}

function recordAll(recording: Recording): void {
  const families = record(suites, recording);
  const told =
    families.length === 0 ? 'nothing, for no suite was measured whole' : families.join(', ');
  process.stdout.write(`\nRecorded: ${told}.\n`);
}

async function run(options: RunOptions, cases: readonly PlacedCase[]): Promise<number> {
  const { plan, markdown, json } = options;
  await checkWritable(markdown);
  await checkWritable(json);
  const before = describeMachine();
  const versions = peerVersions();
  const { results, failures } = await measureAll(cases, plan, showProgress);
  endProgress();
  const head = [
    machineLine(before, describeMachine().load),
    options.quick ? 'A quick run: figures are rough' : 'Medians of several processes for each case',
  ];
  process.stdout.write(textReport(head, results, versions));
  if (markdown !== undefined) await writeFile(markdown, markdownReport(head, results, versions));
  if (json !== undefined) await writeFile(json, asJson({ machine: before, plan }, results));
  if (options.record) recordAll({ head, results, versions });
  for (const { message } of failures) process.stderr.write(`${message}\n`);
  return failures.length > 0 ? 1 : 0;
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const cases = select(casesOf(suites), options.only, options.quick);
  if (options.help) process.stdout.write(usage);
  else if (options.list) process.stdout.write(cases.map(({ id }) => `${id}\n`).join(''));
  else return run(options, cases);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

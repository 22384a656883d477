import { parseArgs } from 'node:util';
import { fullPlan, quickPlan, type RunPlan } from './plan.ts';
import type { PlacedCase } from './suite.ts';

/** What the command line asks for. */
export interface RunOptions {
  readonly quick: boolean;
  readonly plan: RunPlan;
  /** Parts of suites, groups, libraries or cases to measure; none means everything. */
  readonly only: readonly string[];
  readonly list: boolean;
  readonly help: boolean;
  readonly markdown: string | undefined;
  readonly json: string | undefined;
  /** Whether this package's README is to tell the figures. */
  readonly record: boolean;
}

export const usage = `Measures what the parts cost, beside their peers.

  --quick           a minute at most: what has targets and the first of each group, less precise
  --only NAME       only what has NAME in its suite, group, library or case; may be repeated
  --record          puts the tables of suites that were measured whole into the README, and draws charts
  --markdown FILE   writes the table as Markdown, too
  --json FILE       writes what every process found, too
  --list            names the cases
  --help            prints this
`;

/** The arguments are wrong. The message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Node's own message goes on with advice that would not fit here. */
function firstSentence(message: string): string {
  const [line = message] = message.split('\n');
  const [sentence = line] = line.split('. ');
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

function given(option: string, value: string | undefined): string | undefined {
  if (value?.trim() === '') throw new UsageError(`Option '--${option}' must not be empty.`);
  return value;
}

/** @throws UsageError that says in one line what is wrong. */
export function readOptions(args: readonly string[]): RunOptions {
  const { values } = parsed(args);
  const quick = values.quick ?? false;
  for (const name of values.only ?? []) given('only', name);
  return {
    quick,
    plan: quick ? quickPlan : fullPlan,
    only: values.only ?? [],
    list: values.list ?? false,
    help: values.help ?? false,
    markdown: given('markdown', values.markdown),
    json: given('json', values.json),
    record: values.record ?? false,
  };
}

const optionTypes = {
  quick: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  markdown: { type: 'string' },
  json: { type: 'string' },
  record: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTypes, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${firstSentence(message)} --help lists the options.`, { cause: error });
  }
}

/** What a quick run is for: to see in a minute whether a change made something slower. */
function isEssential({ suite, group, benchmark }: PlacedCase): boolean {
  if (suite.fullOnly) return false;
  return benchmark.target !== undefined || group.cases[0] === benchmark;
}

/**
 * What has one of the names; without names everything, or the essential of it.
 *
 * @throws UsageError when nothing has that name.
 */
export function select(
  cases: readonly PlacedCase[],
  only: readonly string[],
  quick: boolean = false,
): PlacedCase[] {
  if (only.length === 0) return quick ? cases.filter(isEssential) : [...cases];
  const matches = ({ id, group, benchmark }: PlacedCase, name: string): boolean =>
    [id, group.title, benchmark.by].some((text) => text.toLowerCase().includes(name.toLowerCase()));
  for (const name of only) {
    if (cases.some((one) => matches(one, name))) continue;
    throw new UsageError(`No case has '${name}' in its name. --list names them all.`);
  }
  return cases.filter((one) => only.some((name) => matches(one, name)));
}

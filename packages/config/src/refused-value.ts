import { ConfigurationError } from '@integrations/errors';
import { shortened, shownValue } from './shown-value.ts';
import type { ConfigEntry } from './source.ts';

/** What zod and its kin say is wrong, as far as it serves a message. */
interface Issue {
  readonly code?: unknown;
  readonly path?: readonly unknown[];
  readonly message?: unknown;
  readonly expected?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly format?: unknown;
  readonly values?: unknown;
  readonly params?: { readonly expected?: unknown };
}

/** A schema's own words end here: they may quote the value at length. */
const LONGEST_EXPECTATION = 300;

/** What zod's light build says when no language is set up. */
const SAYS_NOTHING = 'Invalid input';

function issuesOf(cause: unknown): readonly Issue[] {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause)) return [];
  return Array.isArray(cause.issues) ? (cause.issues as Issue[]) : [];
}

/** What the schema wanted, told without its words, which may hold the value. */
function expectationOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return `expected ${String(issue.expected)}`;
  if (issue.code === 'too_small') return `expected at least ${String(issue.minimum)}`;
  if (issue.code === 'too_big') return `expected at most ${String(issue.maximum)}`;
  if (issue.code === 'invalid_format') return `expected the format ${String(issue.format)}`;
  if (issue.code === 'invalid_value' && Array.isArray(issue.values)) {
    return `expected ${issue.values.map(String).join(' or ')}`;
  }
  const expected = issue.params?.expected;
  return typeof expected === 'string' ? `expected ${expected}` : undefined;
}

function wordsOf(issue: Issue): string | undefined {
  const { message } = issue;
  const speaks = typeof message === 'string' && message !== '' && message !== SAYS_NOTHING;
  return speaks ? message : expectationOf(issue);
}

function issueText(issue: Issue, hidden: boolean): string {
  const text = (hidden ? expectationOf(issue) : wordsOf(issue)) ?? 'the schema refuses it';
  // Members of a hidden value may be named by a secret as well.
  const path = hidden ? '' : (issue.path ?? []).map(String).join('.');
  return path === '' ? text : `${path}: ${text}`;
}

function expectation(cause: unknown, hidden: boolean): string {
  const issues = issuesOf(cause);
  if (issues.length > 0) return issues.map((issue) => issueText(issue, hidden)).join('; ');
  if (hidden || !(cause instanceof Error) || cause.message === '') return 'the schema refuses it';
  return cause.message;
}

/** The error for a value that its schema does not accept. */
export function refusedValue(
  key: string,
  entry: ConfigEntry,
  hidden: boolean,
  cause: unknown,
): ConfigurationError {
  const text = shortened(expectation(cause, hidden), LONGEST_EXPECTATION).replace(/\.$/, '');
  const value = hidden
    ? 'The value is kept secret.'
    : `The value is ${shownValue(entry.written ?? entry.value)}.`;
  return new ConfigurationError(
    `The setting ${key} from ${entry.origin} is wrong: ${text}. ${value}`,
    { context: { key, origin: entry.origin }, ...(hidden ? {} : { cause }) },
  );
}

import type { BaseIssue } from 'valibot';

/** What a schema says is wrong. */
export type SchemaIssue = BaseIssue<unknown>;

/**
 * The message to give to valibot for what a schema has no words of its own for. Those
 * of valibot quote the value, and what is in a request must not land in an error.
 */
export const NO_WORDS = '';

/** How valibot calls the kinds of values, and how we do. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};

function nameOf(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** What a value is, and nothing of what it holds. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return 'a boolean';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function eitherOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** `(string | "a" | "b")` as `a string, "a" or "b"`. */
function expectation(expected: readonly (string | null)[]): string {
  const kinds = expected.flatMap((text) => text?.split(' | ') ?? []);
  const names = new Set(kinds.map((kind) => nameOf(kind.replace(/^\(+|\)+$/g, ''))));
  names.delete('unknown');
  return eitherOf([...names]);
}

function typeText({ input, expected, issues }: SchemaIssue): string {
  if (input === undefined) return 'is required';
  // A form that is only known once the value is seen says more than the whole.
  const due = expectation(issues?.map((form) => form.expected) ?? [expected]);
  if (due === '') return 'is not valid';
  // Of a string that is none of the words due, its type says nothing.
  const other = typeof input === 'string' && due.includes('"') ? '' : `, not ${kindOf(input)}`;
  return `must be ${due}${other}`;
}

function units(input: unknown, count: unknown): string {
  const unit = typeof input === 'string' ? 'character' : 'item';
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** What a check of a value of the right type wants. */
function checkText({ type, input, requirement, expected }: SchemaIssue): string {
  switch (type) {
    case 'min_value':
      return `must be at least ${String(requirement)}`;
    case 'max_value':
      return `must be at most ${String(requirement)}`;
    case 'multiple_of':
      return `must be a multiple of ${String(requirement)}`;
    case 'integer':
    case 'safe_integer':
      return 'must be a whole number';
    case 'finite':
      return 'must be a finite number';
    case 'non_empty':
      return 'must not be empty';
    case 'min_length':
    case 'min_entries':
      return requirement === 1
        ? 'must not be empty'
        : `must have at least ${units(input, requirement)}`;
    case 'max_length':
    case 'max_entries':
      return `must have at most ${units(input, requirement)}`;
    case 'length':
      return `must have ${units(input, requirement)}`;
    case 'starts_with':
      return `must begin with ${expected}`;
    case 'regex':
      return `must match ${expected}`;
    case 'url':
      return 'must be a web address';
    default:
      return expected === null ? 'is not valid' : `is not valid: expected ${expected}`;
  }
}

/** Whether a value that may have several forms has just none of their types. */
function isTypeOnly(forms: readonly SchemaIssue[]): boolean {
  return forms.every(({ kind, message }) => kind === 'schema' && message === NO_WORDS);
}

/** What is wrong, in the schema's own words if it has some, and never the value. */
export function issueText(issue: SchemaIssue): string {
  if (issue.message !== NO_WORDS) return issue.message;
  if (issue.kind !== 'schema') return checkText(issue);
  const forms = issue.issues ?? [];
  if (isTypeOnly(forms)) return typeText(issue);
  return [...new Set(forms.map(issueText))].join(', or ');
}

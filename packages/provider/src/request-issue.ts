import type { ValidationIssue } from '@integrations/errors';
import { issueText, type SchemaIssue } from './issue-text.ts';

/** `['messages', 0, 'role']` as a reader would write it: `messages[0].role`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function pathOf(issue: SchemaIssue): readonly PropertyKey[] {
  return issue.path?.map(({ key }) => (typeof key === 'number' ? key : String(key))) ?? [];
}

function deepest(issues: readonly SchemaIssue[]): number {
  return issues.reduce((depth, issue) => Math.max(depth, depthOf(issue)), 0);
}

function depthOf({ path, issues }: SchemaIssue): number {
  return (path?.length ?? 0) + deepest(issues ?? []);
}

/**
 * Of a value that may have several forms: what is wrong with the form that it was
 * probably meant to have, which is what lies deepest.
 */
function likeliest(issues: readonly SchemaIssue[]): readonly SchemaIssue[] {
  const depth = deepest(issues);
  return depth === 0 ? [] : issues.filter((issue) => depthOf(issue) === depth);
}

/** Says once of each place what is wrong there. */
function mergeByPath(issues: readonly ValidationIssue[]): readonly ValidationIssue[] {
  const messages = new Map<string, Set<string>>();
  for (const { path, message } of issues) {
    messages.set(path, (messages.get(path) ?? new Set()).add(message));
  }
  return [...messages].map(([path, all]) => ({ path, message: [...all].join(', or ') }));
}

/** What is wrong with a request, by the path from its body. */
export function explainIssue(
  issue: SchemaIssue,
  above: readonly PropertyKey[] = [],
): readonly ValidationIssue[] {
  const place = [...above, ...pathOf(issue)];
  const inner = likeliest(issue.issues ?? []);
  if (inner.length === 0) return [{ path: formatPath(place), message: issueText(issue) }];
  return mergeByPath(inner.flatMap((it) => explainIssue(it, place)));
}

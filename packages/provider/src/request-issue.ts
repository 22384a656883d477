import type { ValidationIssue } from '@integrations/errors';

/** What a schema says is wrong; those of zod say it so. */
export interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of a value that may have several forms: what is wrong with it as each of them. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

/** `['messages', 0, 'role']` as a reader would write it: `messages[0].role`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function depthOf(issues: readonly SchemaIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

/** The form that the value was probably meant to have: what is wrong with it lies deepest. */
function likeliestForm(
  forms: readonly (readonly SchemaIssue[])[],
): readonly SchemaIssue[] | undefined {
  const [deepest] = forms.toSorted((one, other) => depthOf(other) - depthOf(one));
  return deepest !== undefined && depthOf(deepest) > 0 ? deepest : undefined;
}

/** What is wrong with a request, by the path from its body. */
export function explainIssue(
  { path, message, errors = [] }: SchemaIssue,
  above: readonly PropertyKey[] = [],
): readonly ValidationIssue[] {
  const place = [...above, ...path];
  const forms = errors.filter((issues) => issues.length > 0);
  const likeliest = likeliestForm(forms);
  if (likeliest !== undefined) return likeliest.flatMap((issue) => explainIssue(issue, place));
  const texts = forms.flatMap((issues) => issues.map((issue) => issue.message));
  const text = texts.length === 0 ? message : [...new Set(texts)].join(', or ');
  return [{ path: formatPath(place), message: text }];
}

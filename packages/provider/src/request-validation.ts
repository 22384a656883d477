import { ValidationError, type ValidationIssue } from '@integrations/errors';

/** What this needs of a schema; those of zod have it. */
export interface RequestSchema {
  safeParse(value: unknown):
    | { readonly success: true }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly {
            readonly path: readonly PropertyKey[];
            readonly message: string;
          }[];
        };
      };
}

/** `['messages', 0, 'role']` as a reader would write it: `messages[0].role`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function describe({ path, message }: ValidationIssue): string {
  return path === '' ? message : `${path}: ${message}`;
}

/**
 * Makes an endpoint's `validate` from a schema. The schema is built on the first
 * call, so that a method nobody calls costs nothing.
 *
 * @param call what to name in the message: `openai chat.create`.
 */
export function validateWith(call: string, build: () => RequestSchema): (body: unknown) => void {
  let schema: RequestSchema | undefined;
  return (body) => {
    schema ??= build();
    const parsed = schema.safeParse(body);
    if (parsed.success) return;
    const issues = parsed.error.issues.map(({ path, message }) => ({
      path: formatPath(path),
      message,
    }));
    throw new ValidationError(
      `${call}: the request is not valid and was not sent. ${issues.map(describe).join('; ')}.`,
      { issues },
    );
  };
}

import { ValidationError, type ValidationIssue } from '@integrations/errors';
import { type GenericSchema, pipe, safeParse } from 'valibot';
import { NO_WORDS } from './issue-text.ts';
import { plainObject } from './plain-object.ts';
import { explainIssue } from './request-issue.ts';

/** What a request is checked with: a schema of valibot. Only its verdict counts, not its output. */
export type RequestSchema = GenericSchema;

function describe({ path, message }: ValidationIssue): string {
  return path === '' ? `the body ${message}` : `${path}: ${message}`;
}

/** What has fields is no list, also where none of them has to be there. */
function withoutLists(schema: RequestSchema): RequestSchema {
  return schema.type === 'object' ? pipe(plainObject(), schema) : schema;
}

/**
 * Makes an endpoint's `validate` from a schema. The schema is built on the first
 * call, so that a method nobody calls costs nothing.
 *
 * What `validate` throws says where the request is wrong and what is due there. It
 * never says what is there, which may be a prompt or a secret: the words that a
 * schema has of its own must not either. They begin with a verb, such as `must be even`.
 *
 * @param call what to name in the message: `openai chat.create`.
 */
export function validateWith(call: string, build: () => RequestSchema): (body: unknown) => void {
  let schema: RequestSchema | undefined;
  return (body) => {
    schema ??= withoutLists(build());
    const parsed = safeParse(schema, body, { message: NO_WORDS });
    if (parsed.success) return;
    const issues = parsed.issues.flatMap((issue) => explainIssue(issue));
    throw new ValidationError(
      `${call}: the request is not valid and was not sent. ${issues.map(describe).join('; ')}.`,
      { issues },
    );
  };
}

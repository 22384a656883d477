import { ValidationError, type ValidationIssue } from '@integrations/errors';
import type { $ZodErrorMap } from 'zod/v4/core';
import english from 'zod/v4/locales/en.js';
import { explainIssue, type SchemaIssue } from './request-issue.ts';

/** Says what is wrong: schemas of `zod/mini` have no words of their own. */
const inEnglish: $ZodErrorMap = english().localeError;

/** What this needs of a schema; those of zod have it. */
export interface RequestSchema {
  safeParse(
    value: unknown,
    options?: { readonly error?: $ZodErrorMap },
  ):
    | { readonly success: true }
    | { readonly success: false; readonly error: { readonly issues: readonly SchemaIssue[] } };
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
    const parsed = schema.safeParse(body, { error: inEnglish });
    if (parsed.success) return;
    const issues = parsed.error.issues.flatMap((issue) => explainIssue(issue));
    throw new ValidationError(
      `${call}: the request is not valid and was not sent. ${issues.map(describe).join('; ')}.`,
      { issues },
    );
  };
}

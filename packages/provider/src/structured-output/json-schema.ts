import { ValidationError } from '@integrations/errors';
import type { StandardSchema } from './standard-schema.ts';

/** A JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

function convert(schema: StandardSchema): JsonSchema | undefined {
  return schema['~standard'].jsonSchema?.input({ target: 'draft-07' });
}

/**
 * The JSON schema of what a schema takes: that is what a model has to write.
 *
 * @param what whose schema it is, for messages: `openai response format "answer"`.
 * @throws ValidationError when the schema has no JSON schema.
 */
export function toJsonSchema(schema: StandardSchema, what: string): JsonSchema {
  let converted: JsonSchema | undefined;
  try {
    converted = convert(schema);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValidationError(`${what}: the schema has no JSON schema: ${reason}`, { cause });
  }
  if (converted !== undefined) return converted;
  const { vendor } = schema['~standard'];
  throw new ValidationError(
    `${what}: this schema of ${vendor} cannot tell its JSON schema. Pass that as \`schema\`, such as \`z.toJSONSchema(…)\` gives for the smallest build of zod.`,
  );
}

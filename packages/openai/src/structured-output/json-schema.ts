import { ValidationError } from '@integrations/errors';
import { z } from 'zod/mini';
import type { StandardSchema } from './standard-schema.ts';

/** A JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas of zod know no conversion of their own in its smallest build and before 4.2. */
function isZod(schema: StandardSchema): schema is StandardSchema & z.core.$ZodType {
  return '_zod' in schema;
}

function convert(schema: StandardSchema): JsonSchema | undefined {
  const { jsonSchema } = schema['~standard'];
  if (jsonSchema !== undefined) return jsonSchema.input({ target: 'draft-07' });
  return isZod(schema) ? z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }) : undefined;
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
    `${what}: schemas of ${vendor} cannot tell their JSON schema. Pass it as \`schema\`.`,
  );
}

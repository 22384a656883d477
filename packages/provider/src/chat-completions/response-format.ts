import type { JsonSchema } from '../structured-output/json-schema.ts';
import {
  type HasOutputSchema,
  OUTPUT_SCHEMA,
  OutputSchema,
} from '../structured-output/output-schema.ts';
import type { StandardSchema } from '../structured-output/standard-schema.ts';

/** What a response format may say beside its schema. */
export interface ResponseFormatOptions {
  /** What the format is for, for the model. @default none */
  readonly description?: string | undefined;
  /** The JSON schema, for schemas that cannot tell it themselves. @default asked of the schema */
  readonly schema?: JsonSchema | undefined;
}

/** A `response_format` that knows how to read the answer. */
export interface ParseableResponseFormat<Output> extends HasOutputSchema<Output> {
  readonly type: 'json_schema';
  readonly json_schema: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly schema: JsonSchema;
    readonly strict: true;
  };
}

/**
 * A `response_format` of any Standard Schema, for requests whose answers are to be read by
 * it. Its JSON schema is made when a request is first sent with it; one that the API would
 * not take fails that request with a ValidationError.
 *
 * @param name what the model sees: letters, digits, `_` and `-`, 64 at most.
 */
export function standardResponseFormat<Output>(
  schema: StandardSchema<Output>,
  name: string,
  { description, schema: given }: ResponseFormatOptions = {},
): ParseableResponseFormat<Output> {
  const output = new OutputSchema(schema, `response format "${name}"`, given);
  return {
    type: 'json_schema',
    json_schema: {
      ...(description === undefined ? {} : { description }),
      name,
      strict: true,
      get schema() {
        return output.jsonSchema;
      },
    },
    [OUTPUT_SCHEMA]: output,
  };
}

/**
 * `standardResponseFormat`, by the name that it has for schemas of zod in OpenAI's SDK.
 *
 * @alias
 */
export const zodResponseFormat: typeof standardResponseFormat = standardResponseFormat;

import {
  type HasOutputSchema,
  type JsonSchema,
  OUTPUT_SCHEMA,
  OutputSchema,
  type StandardSchema,
} from '@integrations/provider';

/** What a format may say beside its schema. */
export interface TextFormatOptions {
  /** What the format is for, for the model. @default none */
  readonly description?: string | undefined;
  /** The JSON schema, for schemas that cannot tell it themselves. @default asked of the schema */
  readonly schema?: JsonSchema | undefined;
}

/** A `text.format` that knows how to read the answer. */
export interface ParseableTextFormat<Output> extends HasOutputSchema<Output> {
  readonly type: 'json_schema';
  readonly name: string;
  readonly description?: string | undefined;
  readonly schema: JsonSchema;
  readonly strict: true;
}

/**
 * A `text.format` of any Standard Schema, for `responses.parse`, `stream` and `runTools`.
 * Its JSON schema is made when a request is first sent with it; one that the API would not
 * take fails that request with a ValidationError.
 *
 * @param name what the model sees: letters, digits, `_` and `-`, 64 at most.
 */
export function standardTextFormat<Output>(
  schema: StandardSchema<Output>,
  name: string,
  { description, schema: given }: TextFormatOptions = {},
): ParseableTextFormat<Output> {
  const output = new OutputSchema(schema, `text format "${name}"`, given);
  return {
    type: 'json_schema',
    ...(description === undefined ? {} : { description }),
    name,
    strict: true,
    get schema() {
      return output.jsonSchema;
    },
    [OUTPUT_SCHEMA]: output,
  };
}

/**
 * `standardTextFormat` by the name that it has for schemas of zod in the official SDK.
 *
 * @alias
 */
export const zodTextFormat: typeof standardTextFormat = standardTextFormat;

/** One thing that a schema has against a value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A value as the schema gives it, or what it has against it. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** How a schema is written as JSON Schema. */
export interface JsonSchemaConverter {
  /** The schema of what is given to be validated. */
  input(options: { readonly target: 'draft-07' }): Record<string, unknown>;
}

/**
 * A schema of any library that keeps to Standard Schema (https://standardschema.dev): zod,
 * valibot, arktype and others. The interface is copied, as the standard suggests.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
    /** Of Standard JSON Schema; not all libraries have it. */
    readonly jsonSchema?: JsonSchemaConverter | undefined;
  };
}

/** What a schema makes of a value. */
export type SchemaOutput<Schema extends StandardSchema> =
  Schema extends StandardSchema<infer Output> ? Output : never;

import { ConfigurationError, InvalidOutputError } from '@integrations/errors';
import { formatPath } from '../request-issue.ts';
import { type JsonSchema, toJsonSchema } from './json-schema.ts';
import type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts';
import { toStrictJsonSchema } from './strict-json-schema.ts';

/** Where a text came from, for errors. */
export interface OutputPlace {
  /** What it is, to begin a message with: `acme chat.parse: the answer`. */
  readonly what: string;
  readonly requestId?: string | undefined;
}

/** How much of a text a message quotes. */
const QUOTED_CHARACTERS = 80;

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function pathOf({ path = [] }: SchemaIssue): string {
  return formatPath(path.map((step) => (typeof step === 'object' ? step.key : step)));
}

/** The JSON that a model wrote. @throws InvalidOutputError */
export function parseJsonOutput(text: string, { what, requestId }: OutputPlace): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, QUOTED_CHARACTERS));
    throw new InvalidOutputError(`${what} is not JSON. It begins with ${start}.`, {
      requestId,
      cause,
    });
  }
}

/** A schema for what a model writes: what is sent of it, and how an answer is read by it. */
export class OutputSchema<Output> {
  readonly #schema: StandardSchema<Output>;
  readonly #what: string;
  readonly #given: JsonSchema | undefined;
  #jsonSchema: JsonSchema | undefined;

  /**
   * @param what whose schema it is, for messages: `acme response format "answer"`.
   * @param given the JSON schema, for schemas that cannot tell it themselves.
   */
  constructor(schema: StandardSchema<Output>, what: string, given?: JsonSchema) {
    this.#schema = schema;
    this.#what = what;
    this.#given = given;
  }

  /**
   * The strict JSON schema, made when it is first asked for.
   *
   * @throws ValidationError when there is none, or the API would not take it.
   */
  get jsonSchema(): JsonSchema {
    this.#jsonSchema ??= toStrictJsonSchema(
      this.#given ?? toJsonSchema(this.#schema, this.#what),
      this.#what,
    );
    return this.#jsonSchema;
  }

  /**
   * What the schema makes of a text that a model wrote.
   *
   * @throws InvalidOutputError for a text that is not JSON, or does not fit the schema.
   */
  parse(text: string, place: OutputPlace): Output {
    const result = this.#validate(parseJsonOutput(text, place));
    if (result.issues === undefined) return result.value;
    const issues = result.issues.map((issue) => ({ path: pathOf(issue), message: issue.message }));
    const list = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    throw new InvalidOutputError(`${place.what} does not fit the schema. ${list.join('; ')}.`, {
      issues,
      requestId: place.requestId,
    });
  }

  #validate(value: unknown): SchemaResult<Output> {
    const result = this.#schema['~standard'].validate(value);
    if (!isPromise(result)) return result;
    throw new ConfigurationError(
      `${this.#what}: the schema validates asynchronously, which is not supported. Check such things after the answer is there.`,
    );
  }
}

/** Where a format keeps its schema: not sent, and kept when the format is spread. */
export const OUTPUT_SCHEMA: unique symbol = Symbol.for('@integrations/provider/output-schema');

/** A part of a request that knows how to read what it asks for. */
export interface HasOutputSchema<Output> {
  readonly [OUTPUT_SCHEMA]: OutputSchema<Output>;
}

/** The schema that a part of a request brought along, if it did. */
export function outputSchemaOf(part: unknown): OutputSchema<unknown> | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  return (part as Partial<HasOutputSchema<unknown>>)[OUTPUT_SCHEMA];
}

import {
  type HasOutputSchema,
  type HasToolFunction,
  type JsonSchema,
  OUTPUT_SCHEMA,
  type ToolFunctionOptions,
  toolParts,
} from '@integrations/provider';

/** What a function tool of a response is made from. */
export interface ResponsesFunctionOptions<Arguments> extends ToolFunctionOptions<Arguments> {
  /** Whether it is loaded only once a tool search finds it. @default false, by the API */
  readonly defer_loading?: boolean | undefined;
}

/** A function tool that knows how to read its arguments. */
export interface ParseableResponseTool<Arguments> extends HasOutputSchema<Arguments> {
  readonly type: 'function';
  readonly name: string;
  readonly description?: string | undefined;
  readonly parameters: JsonSchema;
  readonly strict: true;
  readonly defer_loading?: boolean | undefined;
}

/** A function tool that `responses.runTools` can run. */
export interface RunnableResponseTool<Arguments = unknown>
  extends ParseableResponseTool<Arguments>, HasToolFunction {}

/**
 * A function tool of any Standard Schema, for `responses.runTools`. The model's arguments
 * are checked before the function is run.
 */
export function standardResponsesFunction<Arguments>(
  options: ResponsesFunctionOptions<Arguments> & {
    readonly function: NonNullable<ResponsesFunctionOptions<Arguments>['function']>;
  },
): RunnableResponseTool<Arguments>;
/** A function tool of any Standard Schema, for `responses.parse` and `stream`. */
export function standardResponsesFunction<Arguments>(
  options: ResponsesFunctionOptions<Arguments>,
): ParseableResponseTool<Arguments>;
export function standardResponsesFunction<Arguments>(
  options: ResponsesFunctionOptions<Arguments>,
): ParseableResponseTool<Arguments> {
  const { name, description, defer_loading: deferLoading } = options;
  const parts = toolParts(options);
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    strict: true,
    get parameters() {
      return parts[OUTPUT_SCHEMA].jsonSchema;
    },
    ...(deferLoading === undefined ? {} : { defer_loading: deferLoading }),
    ...parts,
  };
}

/**
 * `standardResponsesFunction` by the name that it has for schemas of zod in the official SDK.
 *
 * @alias
 */
export const zodResponsesFunction: typeof standardResponsesFunction = standardResponsesFunction;

import type { JsonSchema } from '../structured-output/json-schema.ts';
import { type HasOutputSchema, OUTPUT_SCHEMA } from '../structured-output/output-schema.ts';
import {
  type HasToolFunction,
  type ToolFunctionOptions,
  toolParts,
} from '../tool-calls/tool-function.ts';

/** A function tool that knows how to read its arguments. */
export interface ParseableTool<Arguments> extends HasOutputSchema<Arguments> {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly parameters: JsonSchema;
    readonly strict: true;
  };
}

/** A tool that `runTools` can run. */
export interface RunnableTool<Arguments = unknown>
  extends ParseableTool<Arguments>, HasToolFunction {}

/** The options of a tool that `runTools` can run. */
export type RunnableToolOptions<Arguments> = ToolFunctionOptions<Arguments> & {
  readonly function: NonNullable<ToolFunctionOptions<Arguments>['function']>;
};

/**
 * A function tool of any Standard Schema, for runs of tools. The model's arguments are
 * checked before the function is run.
 */
export function standardFunction<Arguments>(
  options: RunnableToolOptions<Arguments>,
): RunnableTool<Arguments>;
/** A function tool of any Standard Schema, for answers that are read by it. */
export function standardFunction<Arguments>(
  options: ToolFunctionOptions<Arguments>,
): ParseableTool<Arguments>;
export function standardFunction<Arguments>(
  options: ToolFunctionOptions<Arguments>,
): ParseableTool<Arguments> {
  const { name, description } = options;
  const parts = toolParts(options);
  return {
    type: 'function',
    function: {
      name,
      ...(description === undefined ? {} : { description }),
      strict: true,
      get parameters() {
        return parts[OUTPUT_SCHEMA].jsonSchema;
      },
    },
    ...parts,
  };
}

/**
 * `standardFunction`, by the name that it has for schemas of zod in OpenAI's SDK.
 *
 * @alias
 */
export const zodFunction: typeof standardFunction = standardFunction;

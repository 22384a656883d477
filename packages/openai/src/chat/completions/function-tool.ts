import type { HasOutputSchema } from '../../structured-output/output-schema.ts';
import { OUTPUT_SCHEMA } from '../../structured-output/output-schema.ts';
import {
  type HasToolFunction,
  type ToolFunctionOptions,
  toolParts,
} from '../../tool-calls/tool-function.ts';
import type { FunctionTool } from './chat-completion-request.ts';

/** A tool that knows how to read its arguments. */
export interface ParseableTool<Arguments> extends FunctionTool, HasOutputSchema<Arguments> {}

/** A tool that `runTools` can run. */
export interface RunnableTool<Arguments = unknown>
  extends ParseableTool<Arguments>, HasToolFunction {}

/**
 * A function tool of any Standard Schema, for `runTools`. The model's arguments are checked
 * before the function is run.
 */
export function standardFunction<Arguments>(
  options: ToolFunctionOptions<Arguments> & {
    readonly function: NonNullable<ToolFunctionOptions<Arguments>['function']>;
  },
): RunnableTool<Arguments>;
/** A function tool of any Standard Schema, for `parse` and `stream`. */
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
 * `standardFunction` by the name that it has for schemas of zod in the official SDK.
 *
 * @alias
 */
export const zodFunction: typeof standardFunction = standardFunction;

import type { JsonSchema } from '../structured-output/json-schema.ts';
import {
  type HasOutputSchema,
  OUTPUT_SCHEMA,
  OutputSchema,
} from '../structured-output/output-schema.ts';
import type { StandardSchema } from '../structured-output/standard-schema.ts';

/** What a function is told about its call. */
export interface ToolCallContext {
  /** The id of the call. */
  readonly id: string;
  /** The name that the model called. */
  readonly name: string;
  /** Aborted when the run is. */
  readonly signal: AbortSignal;
}

/** What a tool is made from. */
export interface ToolFunctionOptions<Arguments> {
  /** What the model calls it: letters, digits, `_` and `-`, 64 at most. */
  readonly name: string;
  /** When and how to use it, for the model. @default none */
  readonly description?: string | undefined;
  /** The schema of its arguments, an object. */
  readonly parameters: StandardSchema<Arguments>;
  /** The JSON schema, for schemas that cannot tell it themselves. @default asked of `parameters` */
  readonly schema?: JsonSchema | undefined;
  /**
   * What is run. The model gets what it gives back: a text as it is, anything else as
   * JSON. What it throws is told to the model.
   *
   * @default the tool can be parsed, but not run
   */
  readonly function?: ((args: Arguments, context: ToolCallContext) => unknown) | undefined;
}

/** Where a tool keeps what it runs: not sent, and kept when the tool is spread. */
export const TOOL_FUNCTION: unique symbol = Symbol.for('@integrations/provider/tool-function');

/** A part of a request that can be run. */
export interface HasToolFunction {
  /** @param args JSON text, as the model wrote it. @throws InvalidOutputError when it does not fit. */
  readonly [TOOL_FUNCTION]: (args: string, context: ToolCallContext) => unknown;
}

/** What every tool of a schema has, whichever API it is for. */
export type ToolParts<Arguments> = HasOutputSchema<Arguments> & Partial<HasToolFunction>;

/** Reads and runs a tool's arguments. */
export function toolParts<Arguments>(
  options: ToolFunctionOptions<Arguments>,
): ToolParts<Arguments> {
  const { name, parameters, schema, function: run } = options;
  const output = new OutputSchema(parameters, `function "${name}"`, schema);
  if (run === undefined) return { [OUTPUT_SCHEMA]: output };
  const what = `The input of "${name}"`;
  return {
    [OUTPUT_SCHEMA]: output,
    [TOOL_FUNCTION]: (args, context) => run(output.parse(args, { what }), context),
  };
}

/** What a part of a request runs, if anything. */
export function toolFunctionOf(part: object): HasToolFunction[typeof TOOL_FUNCTION] | undefined {
  return (part as Partial<HasToolFunction>)[TOOL_FUNCTION];
}

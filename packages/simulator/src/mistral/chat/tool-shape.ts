import type { OfferedTool, ToolRules } from '../../tool-choice.ts';
import { badRequest } from '../mistral-error.ts';
import {
  dictionary,
  either,
  filledText,
  flag,
  oneOf,
  optional,
  record,
  type Shape,
  text,
} from '../shape.ts';

/** A tool as a request offers it; one without a function is run by the API. */
export interface GivenTool {
  readonly type?: string | undefined;
  readonly function?: { readonly name: string; readonly parameters: unknown };
}

/** What a request says about which tool is called. */
export type GivenToolChoice =
  | 'auto'
  | 'none'
  | 'any'
  | 'required'
  | { readonly function: { readonly name: string } };

const FUNCTION_TOOL = record({
  type: optional(oneOf('function')),
  function: record({
    name: filledText,
    description: optional(text),
    strict: optional(flag),
    parameters: dictionary,
  }),
});

const BUILT_IN_TOOL = record(
  {
    type: oneOf(
      'web_search',
      'web_search_premium',
      'code_interpreter',
      'image_generation',
      'document_library',
      'connector',
    ),
  },
  { open: true },
);

/** A tool: a function of the caller's, or one that the API runs. */
export const TOOL: Shape<GivenTool> = (value, at) => {
  const { type = 'function' } = dictionary(value, at);
  return type === 'function' ? FUNCTION_TOOL(value, at) : BUILT_IN_TOOL(value, at);
};

/** Which tool is called. */
export const TOOL_CHOICE: Shape<GivenToolChoice> = either(
  oneOf('auto', 'none', 'any', 'required'),
  record({ type: optional(oneOf('function')), function: record({ name: text }) }),
);

/** The rules by which functions are called. @throws RequestRefused 400 for the choice of one that is not offered */
export function toolRules(
  given: readonly GivenTool[],
  choice: GivenToolChoice = 'auto',
  parallel = true,
): ToolRules {
  const tools = given.flatMap(({ function: described }): OfferedTool[] =>
    described === undefined ? [] : [{ kind: 'function', ...described }],
  );
  if (typeof choice !== 'string')
    return { tools: [chosen(tools, choice)], mode: 'required', parallel };
  return { tools, mode: choice === 'any' ? 'required' : choice, parallel };
}

function chosen(
  tools: readonly OfferedTool[],
  { function: { name } }: Exclude<GivenToolChoice, string>,
): OfferedTool {
  const tool = tools.find((each) => each.name === name);
  if (tool !== undefined) return tool;
  throw badRequest(`tool_choice names the function ${name}, which is none of the tools.`);
}

import { isJsonObject, type JsonObject } from '../json-value.ts';
import { missing, optionalFlag, requireText, wrongType, wrongValue } from './request-fields.ts';
import { strictSchemaFault } from './strict-schema.ts';
import type { OfferedTool, ToolRules } from '../tool-choice.ts';

const MOST_TOOLS = 128;
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MODES: ReadonlySet<unknown> = new Set(['none', 'auto', 'required']);

/** Reads and checks what a chat request says of tools. @throws RequestRefused 400 that names the parameter */
export function parseToolRules(body: JsonObject): ToolRules {
  const tools = parseTools(body['tools']);
  const choice = body['tool_choice'] ?? undefined;
  if (choice !== undefined && tools.length === 0) {
    throw wrongValue('tool_choice', "'tool_choice' is only allowed when 'tools' are specified.");
  }
  const parallel = optionalFlag(body, 'parallel_tool_calls') ?? true;
  return { parallel, ...parseChoice(choice, tools) };
}

function parseTools(given: unknown): OfferedTool[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('tools', 'an array of objects', given);
  if (given.length === 0)
    throw wrongValue('tools', "'tools' must have at least one tool.", 'empty_array');
  if (given.length > MOST_TOOLS)
    throw wrongValue(
      'tools',
      `'tools' may have ${MOST_TOOLS} tools at most, not ${given.length}.`,
      'array_above_max_length',
    );
  return given.map((tool: unknown, index) => parseTool(tool, `tools[${index}]`));
}

function parseTool(given: unknown, param: string): OfferedTool {
  if (!isJsonObject(given)) throw wrongType(param, 'an object', given);
  const { type: kind } = given;
  if (kind !== 'function' && kind !== 'custom')
    throw wrongValue(`${param}.type`, `'${param}.type' must be function or custom.`);
  const described = given[kind];
  if (!isJsonObject(described)) throw missing(`${param}.${kind}`);
  const name = parseName(described['name'], `${param}.${kind}.name`);
  if (kind === 'function') checkParameters(described, name, `${param}.function.parameters`);
  return { kind, name, parameters: described['parameters'] };
}

function parseName(name: unknown, param: string): string {
  if (typeof name !== 'string') throw missing(param);
  if (NAME.test(name)) return name;
  throw wrongValue(param, `'${param}' must match ${NAME.source}.`);
}

function checkParameters({ parameters, strict }: JsonObject, name: string, param: string): void {
  if (strict !== true) return;
  const fault = strictSchemaFault(parameters);
  if (fault === undefined) return;
  throw wrongValue(
    param,
    `Invalid schema for function '${name}': ${fault}`,
    'invalid_function_parameters',
  );
}

function parseChoice(
  choice: unknown,
  tools: readonly OfferedTool[],
): Pick<ToolRules, 'tools' | 'mode'> {
  if (choice === undefined || MODES.has(choice)) {
    return { tools, mode: (choice ?? 'auto') as ToolRules['mode'] };
  }
  if (!isJsonObject(choice)) {
    throw wrongType('tool_choice', 'none, auto, required or an object', choice);
  }
  return choice['type'] === 'allowed_tools'
    ? allowedTools(choice['allowed_tools'], tools)
    : { tools: [named(choice, tools, 'tool_choice')], mode: 'required' };
}

function allowedTools(
  given: unknown,
  tools: readonly OfferedTool[],
): Pick<ToolRules, 'tools' | 'mode'> {
  const param = 'tool_choice.allowed_tools';
  if (!isJsonObject(given) || !Array.isArray(given['tools'])) throw missing(`${param}.tools`);
  const mode = given['mode'];
  if (mode !== 'auto' && mode !== 'required')
    throw wrongValue(`${param}.mode`, `'${param}.mode' must be auto or required.`);
  return { tools: given['tools'].map((choice) => named(choice, tools, `${param}.tools`)), mode };
}

function named(choice: unknown, tools: readonly OfferedTool[], param: string): OfferedTool {
  const kind = isJsonObject(choice) ? choice['type'] : undefined;
  const described = isJsonObject(choice) ? choice[String(kind)] : undefined;
  if (!isJsonObject(described)) throw wrongValue(param, `'${param}' must name a tool.`);
  const name = requireText(described, 'name');
  const tool = tools.find((each) => each.kind === kind && each.name === name);
  if (tool !== undefined) return tool;
  throw wrongValue(param, `Tool choice '${name}' not found in 'tools' parameter.`);
}

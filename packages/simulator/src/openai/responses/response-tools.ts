import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { missing, optionalFlag, requireText, wrongType, wrongValue } from '../request-fields.ts';
import { strictSchemaFault } from '../strict-schema.ts';
import type { OfferedTool, ToolRules } from '../../tool-choice.ts';

const MODES: ReadonlySet<unknown> = new Set(['none', 'auto', 'required']);
const KINDS: ReadonlySet<unknown> = new Set(['function', 'custom']);

/**
 * What a request says of its own tools. Those of the API's are accepted and never called.
 *
 * @throws RequestRefused 400 that names the parameter
 */
export function parseResponseTools(body: JsonObject): ToolRules {
  const tools = parseTools(body['tools']);
  const parallel = optionalFlag(body, 'parallel_tool_calls') ?? true;
  const choice = body['tool_choice'] ?? 'auto';
  if (MODES.has(choice)) return { tools, mode: choice as ToolRules['mode'], parallel };
  if (!isJsonObject(choice)) {
    throw wrongType('tool_choice', 'none, auto, required or an object', choice);
  }
  if (choice['type'] === 'allowed_tools') return { parallel, ...allowedTools(choice, tools) };
  if (!KINDS.has(choice['type'])) return { tools: [], mode: 'none', parallel };
  return { tools: [named(choice, tools, 'tool_choice')], mode: 'required', parallel };
}

function parseTools(given: unknown): OfferedTool[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('tools', 'an array of objects', given);
  return given.flatMap((tool: unknown, index) => parseTool(tool, `tools[${index}]`));
}

function parseTool(given: unknown, param: string): OfferedTool[] {
  if (!isJsonObject(given)) throw wrongType(param, 'an object', given);
  const { type, name, parameters } = given;
  if (typeof type !== 'string') throw missing(`${param}.type`);
  if (type !== 'function' && type !== 'custom') return [];
  if (typeof name !== 'string' || name === '') throw missing(`${param}.name`);
  if (type === 'function' && given['strict'] === true) checkSchema(name, parameters, param);
  return [{ kind: type, name, parameters: parameters ?? undefined }];
}

function checkSchema(name: string, schema: unknown, param: string): void {
  const fault = strictSchemaFault(schema);
  if (fault === undefined) return;
  throw wrongValue(
    `${param}.parameters`,
    `Invalid schema for function '${name}': ${fault}`,
    'invalid_function_parameters',
  );
}

function allowedTools(
  choice: JsonObject,
  tools: readonly OfferedTool[],
): Pick<ToolRules, 'tools' | 'mode'> {
  const { mode, tools: allowed } = choice;
  if (!Array.isArray(allowed)) throw missing('tool_choice.tools');
  if (mode !== 'auto' && mode !== 'required') {
    throw wrongValue('tool_choice.mode', "'tool_choice.mode' must be auto or required.");
  }
  const own = allowed.filter((each) => isJsonObject(each) && KINDS.has(each['type']));
  return { tools: own.map((each) => named(each as JsonObject, tools, 'tool_choice.tools')), mode };
}

function named(choice: JsonObject, tools: readonly OfferedTool[], param: string): OfferedTool {
  const name = requireText(choice, 'name');
  const tool = tools.find((each) => each.kind === choice['type'] && each.name === name);
  if (tool !== undefined) return tool;
  throw wrongValue(param, `Tool choice '${name}' not found in 'tools' parameter.`);
}

import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { missing, requireText, wrongType, wrongValue } from '../request-fields.ts';

/** An item as the API keeps it. */
export interface ResponseItem extends JsonObject {
  readonly id: string;
  readonly type: string;
}

/** The letters that the ids of each type begin with. */
const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
  compaction: 'cmp',
};

const ROLES: ReadonlySet<unknown> = new Set(['user', 'assistant', 'system', 'developer']);

/** The texts that items of each type must have. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  function_call: ['call_id', 'name'],
  custom_tool_call: ['call_id', 'name'],
  function_call_output: ['call_id'],
  custom_tool_call_output: ['call_id'],
  compaction: ['encrypted_content'],
};

/** A fresh id for an item of a type. */
export function nextItemId(type: string, identifiers: Identifiers): string {
  const prefix = PREFIXES[type] ?? 'item';
  return `${prefix}_${identifiers.nextHex(prefix, 48)}`;
}

/** What an item of a request says of its type; a reference may have none. */
export function typeOf({ type, role, id }: JsonObject): unknown {
  if (type !== undefined && type !== null) return type;
  if (role !== undefined) return 'message';
  return id === undefined ? undefined : 'item_reference';
}

/** An item of a request as it is kept. @throws RequestRefused 400 that names the parameter */
export function parseItem(
  given: JsonObject,
  param: string,
  identifiers: Identifiers,
): ResponseItem {
  const type = typeOf(given);
  if (typeof type !== 'string') throw missing(`${param}.type`);
  for (const name of TEXTS[type] ?? []) requireText(given, name);
  const id = typeof given['id'] === 'string' ? given['id'] : nextItemId(type, identifiers);
  if (type === 'message') return parseMessage(given, id, param);
  return { ...given, id, type, ...statusOf(type) };
}

/** Calls and their outputs are kept as done. */
function statusOf(type: string): { readonly status: string } | undefined {
  return /_call(?:_output)?$/.test(type) ? { status: 'completed' } : undefined;
}

function parseMessage(given: JsonObject, id: string, param: string): ResponseItem {
  const { role, content } = given;
  if (!ROLES.has(role)) {
    throw wrongValue(`${param}.role`, `'${param}.role' must be one of ${[...ROLES].join(', ')}.`);
  }
  if (content === undefined || content === null) throw missing(`${param}.content`);
  const parts = parseContent(content, role === 'assistant', `${param}.content`);
  return { id, type: 'message', status: 'completed', content: parts, role };
}

function parseContent(content: unknown, isAnswer: boolean, param: string): unknown[] {
  if (typeof content === 'string') return [textPart(content, isAnswer)];
  if (!Array.isArray(content)) {
    throw wrongType(param, 'a string or an array of content parts', content);
  }
  return content.map((part: unknown, index) => parsePart(part, `${param}[${index}]`));
}

function textPart(text: string, isAnswer: boolean): JsonObject {
  return isAnswer
    ? { type: 'output_text', annotations: [], logprobs: [], text }
    : { type: 'input_text', text };
}

function parsePart(part: unknown, param: string): JsonObject {
  if (!isJsonObject(part)) throw wrongType(param, 'an object', part);
  if (typeof part['type'] !== 'string') throw missing(`${param}.type`);
  const needsText = part['type'] === 'input_text' || part['type'] === 'output_text';
  if (needsText && typeof part['text'] !== 'string') throw missing(`${param}.text`);
  return part;
}

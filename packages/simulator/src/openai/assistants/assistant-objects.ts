import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { epochSeconds } from '../../wall-time.ts';
import {
  missing,
  optionalMetadata,
  optionalNumber,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';

/** An object of the API, as it shows it. */
export interface Shown extends JsonObject {
  readonly id: string;
}

/** A message, as the API shows it. */
export interface ShownMessage extends Shown {
  readonly role: 'user' | 'assistant';
  readonly content: readonly JsonObject[];
}

function valueOrNull(body: JsonObject, name: string): unknown {
  return body[name] ?? null;
}

/** @throws RequestRefused 400 */
export function newAssistant(body: JsonObject, identifiers: Identifiers): Shown {
  requireText(body, 'model');
  return {
    id: `asst_${identifiers.next('assistant', 24)}`,
    object: 'assistant',
    created_at: epochSeconds(),
    ...assistantFields({ tools: [], ...body }),
  };
}

/** What of an assistant a request may set. @throws RequestRefused 400 */
export function assistantFields(body: JsonObject): JsonObject {
  optionalNumber(body, 'temperature', { from: 0, to: 2 });
  optionalNumber(body, 'top_p', { from: 0, to: 1 });
  const { tools } = body;
  if (!Array.isArray(tools)) throw wrongType('tools', 'an array of objects', tools);
  return {
    model: requireText(body, 'model'),
    name: valueOrNull(body, 'name'),
    description: valueOrNull(body, 'description'),
    instructions: valueOrNull(body, 'instructions'),
    tools,
    tool_resources: valueOrNull(body, 'tool_resources'),
    response_format: body['response_format'] ?? 'auto',
    temperature: body['temperature'] ?? 1,
    top_p: body['top_p'] ?? 1,
    metadata: optionalMetadata(body) ?? {},
  };
}

/** @throws RequestRefused 400 */
export function newThread(body: JsonObject, identifiers: Identifiers): Shown {
  return {
    id: `thread_${identifiers.next('thread', 24)}`,
    object: 'thread',
    created_at: epochSeconds(),
    tool_resources: valueOrNull(body, 'tool_resources'),
    metadata: optionalMetadata(body) ?? {},
  };
}

/** Whose a message is. */
export interface MessageOrigin {
  readonly threadId: string;
  readonly assistantId?: string;
  readonly runId?: string;
}

/** @throws RequestRefused 400 */
export function newMessage(
  body: JsonObject,
  { threadId, assistantId, runId }: MessageOrigin,
  identifiers: Identifiers,
): ShownMessage {
  const role = requireText(body, 'role');
  if (role !== 'user' && role !== 'assistant')
    throw wrongValue('role', "'role' must be user or assistant.");
  const now = epochSeconds();
  return {
    id: `msg_${identifiers.next('message', 24)}`,
    object: 'thread.message',
    created_at: now,
    completed_at: now,
    incomplete_at: null,
    incomplete_details: null,
    status: 'completed',
    thread_id: threadId,
    assistant_id: assistantId ?? null,
    run_id: runId ?? null,
    role,
    content: parseContent(body['content']),
    attachments: body['attachments'] ?? [],
    metadata: optionalMetadata(body) ?? {},
  };
}

/** The text of a message. */
export function textOf({ content }: ShownMessage): string {
  return content
    .flatMap(({ text }) => (isJsonObject(text) ? [String(text['value'])] : []))
    .join('\n\n');
}

function textBlock(value: string): JsonObject {
  return { type: 'text', text: { value, annotations: [] } };
}

function parseContent(given: unknown): JsonObject[] {
  if (given === undefined || given === null) throw missing('content');
  if (typeof given === 'string') return [textBlock(given)];
  if (!Array.isArray(given)) throw wrongType('content', 'a string or an array of parts', given);
  return given.map((part: unknown, at) => {
    if (!isJsonObject(part)) throw wrongType(`content[${at}]`, 'an object', part);
    return part['type'] === 'text' ? textBlock(requireText(part, 'text')) : part;
  });
}

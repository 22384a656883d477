import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { wrongType, wrongValue } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { parseItem, type ResponseItem, typeOf } from './response-item.ts';
import type { StoredResponse } from './stored-response.ts';

/** What the API keeps that a request can go on from. */
export interface ResponseMemory {
  readonly responses: StoredObjects<StoredResponse>;
  readonly conversations: StoredObjects<StoredConversation>;
  readonly identifiers: Identifiers;
}

/** A memory with nothing in it. */
export function createResponseMemory(identifiers: Identifiers): ResponseMemory {
  return {
    responses: new StoredObjects('response'),
    conversations: new StoredObjects('conversation'),
    identifiers,
  };
}

/** What a response is made from. */
export interface ResponseContext {
  readonly history: readonly ResponseItem[];
  readonly input: readonly ResponseItem[];
  readonly conversation: StoredConversation | undefined;
}

/** Reads what a request is about. @throws RequestRefused 400 that names the parameter, or 404 */
export function readContext(body: JsonObject, memory: ResponseMemory): ResponseContext {
  const conversation = readConversation(body, memory);
  const history = conversation?.items ?? readPrevious(body['previous_response_id'], memory);
  return { history, input: readItems(body['input'], 'input', memory), conversation };
}

/** Items of a request. @throws RequestRefused 400 that names the parameter */
export function readItems(given: unknown, param: string, memory: ResponseMemory): ResponseItem[] {
  if (given === undefined || given === null) return [];
  if (typeof given === 'string') {
    return [parseItem({ role: 'user', content: given }, param, memory.identifiers)];
  }
  if (!Array.isArray(given)) throw wrongType(param, 'a string or an array of items', given);
  return given.map((item: unknown, index) => readItem(item, `${param}[${index}]`, memory));
}

function readItem(given: unknown, param: string, memory: ResponseMemory): ResponseItem {
  if (!isJsonObject(given)) throw wrongType(param, 'an object', given);
  if (typeOf(given) !== 'item_reference') return parseItem(given, param, memory.identifiers);
  const known = [
    ...memory.responses.all.flatMap((response) => response.context),
    ...memory.conversations.all.flatMap(({ items }) => items),
  ];
  const item = known.find(({ id }) => id === given['id']);
  if (item !== undefined) return item;
  throw wrongValue(param, `Item with id '${String(given['id'])}' not found.`);
}

function readConversation(
  body: JsonObject,
  memory: ResponseMemory,
): StoredConversation | undefined {
  const given = body['conversation'] ?? undefined;
  if (given === undefined) return undefined;
  if ((body['previous_response_id'] ?? undefined) !== undefined) {
    throw wrongValue(
      'previous_response_id',
      "Mutually exclusive parameters: 'previous_response_id' and 'conversation'.",
      'mutually_exclusive_parameters',
    );
  }
  const id = isJsonObject(given) ? given['id'] : given;
  if (typeof id !== 'string') throw wrongType('conversation', 'an id or an object', given);
  return memory.conversations.require(id);
}

function readPrevious(given: unknown, memory: ResponseMemory): readonly ResponseItem[] {
  if (given === undefined || given === null) return [];
  const previous = memory.responses.all.find(({ id }) => id === given);
  if (previous !== undefined) return previous.context;
  throw wrongValue(
    'previous_response_id',
    `Previous response with id ${JSON.stringify(given)} not found.`,
    'previous_response_not_found',
  );
}

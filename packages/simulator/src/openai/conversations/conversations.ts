import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { type ListPage, listPage } from '../list-page.ts';
import { missing, requireObjectBody, wrongType, wrongValue } from '../request-fields.ts';
import { readItems, type ResponseMemory } from '../responses/response-context.ts';
import type { ResponseItem } from '../responses/response-item.ts';
import { StoredConversation } from './stored-conversation.ts';

const MOST_ITEMS = 20;
const ONE = '/v1/conversations/{id}';
const ITEMS = `${ONE}/items`;
const ITEM = `${ITEMS}/{item}`;

/** /v1/conversations and what is below it. */
export function conversationRoutes(memory: ResponseMemory): Route[] {
  return [...conversationsThemselves(memory), ...theirItems(memory)];
}

function conversationsThemselves(memory: ResponseMemory): Route[] {
  const { conversations, identifiers } = memory;
  return [
    {
      method: 'POST',
      path: '/v1/conversations',
      handle: ({ body: given }) => {
        const body = given === undefined ? {} : requireObjectBody(given);
        const items = parseItems(body['items'] ?? [], memory);
        const conversation = conversations.add(begin(parseMetadata(body), identifiers));
        conversation.add(items);
        return jsonReply(conversation.body);
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(conversations.require(params['id']).body),
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params, body: given }) => {
        const conversation = conversations.require(params['id']);
        const body = requireObjectBody(given);
        if (body['metadata'] === undefined) throw missing('metadata');
        conversation.update(parseMetadata(body));
        return jsonReply(conversation.body);
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = conversations.remove(params['id']);
        return jsonReply({ id, object: 'conversation.deleted', deleted: true });
      },
    },
  ];
}

function theirItems(memory: ResponseMemory): Route[] {
  const { conversations } = memory;
  return [
    {
      method: 'POST',
      path: ITEMS,
      handle: ({ params, body: given }) => {
        const conversation = conversations.require(params['id']);
        const body = requireObjectBody(given);
        if (body['items'] === undefined) throw missing('items');
        const items = parseItems(body['items'], memory);
        conversation.add(items);
        return jsonReply(wholeList(items));
      },
    },
    {
      method: 'GET',
      path: ITEMS,
      handle: ({ params, query }) =>
        jsonReply(listPage(conversations.require(params['id']).items, query)),
    },
    {
      method: 'GET',
      path: ITEM,
      handle: ({ params }) =>
        jsonReply(conversations.require(params['id']).require(params['item'])),
    },
    {
      method: 'DELETE',
      path: ITEM,
      handle: ({ params }) => {
        const conversation = conversations.require(params['id']);
        conversation.remove(params['item']);
        return jsonReply(conversation.body);
      },
    },
  ];
}

function begin(metadata: unknown, identifiers: Identifiers): StoredConversation {
  const id = `conv_${identifiers.nextHex('conv', 48)}`;
  return new StoredConversation(id, epochSeconds(), metadata);
}

function wholeList(items: readonly ResponseItem[]): ListPage<ResponseItem> {
  return listPage(items, new URLSearchParams({ order: 'asc' }), { limit: MOST_ITEMS });
}

function parseMetadata({ metadata }: JsonObject): unknown {
  const given = metadata ?? {};
  if (isJsonObject(given)) return given;
  throw wrongType('metadata', 'an object', given);
}

function parseItems(given: unknown, memory: ResponseMemory): ResponseItem[] {
  if (!Array.isArray(given)) throw wrongType('items', 'an array of items', given);
  if (given.length <= MOST_ITEMS) return readItems(given, 'items', memory);
  throw wrongValue(
    'items',
    `'items' may have ${MOST_ITEMS} items at most, not ${given.length}.`,
    'array_above_max_length',
  );
}

import {
  AFTER_LAST_ID,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../bracket-query.ts';
import type { Conversation } from '../conversation.ts';
import { validateConversationItems } from '../conversation-schema.ts';
import type {
  ConversationItem,
  ConversationItemCreateRequest,
  ConversationItemDeleteRequest,
  ConversationItemList,
  ConversationItemListQuery,
  ConversationItemRetrieveRequest,
} from './conversation-item.ts';

const create: JsonEndpoint<Pick<ConversationItemCreateRequest, 'items'>, ConversationItemList> = {
  operation: 'conversations.items.create',
  method: 'POST',
  path: '/conversations/{conversation_id}/items',
  resultKey: 'data',
  validate: validateConversationItems,
};

const list: ListEndpoint<ConversationItem, ConversationItemList> = {
  operation: 'conversations.items.list',
  method: 'GET',
  path: '/conversations/{conversation_id}/items',
  resultKey: 'data',
  pages: AFTER_LAST_ID,
};

const retrieve: JsonEndpoint<undefined, ConversationItem> = {
  operation: 'conversations.items.retrieve',
  method: 'GET',
  path: '/conversations/{conversation_id}/items/{item_id}',
  resultKey: 'type',
};

const remove: JsonEndpoint<undefined, Conversation> = {
  operation: 'conversations.items.delete',
  method: 'DELETE',
  path: '/conversations/{conversation_id}/items/{item_id}',
  resultKey: 'id',
};

/** `/conversations/{conversation_id}/items`. */
export class ConversationItems {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Adds items to a conversation. `POST /conversations/{conversation_id}/items` @throws NotFoundError when there is no such conversation. */
  create(
    conversationId: string,
    request: ConversationItemCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationItemList>> {
    // Callers without types may pass nothing at all; validation tells them so.
    const { include, ...body } = request ?? {};
    const params = { conversation_id: conversationId };
    return this.#caller.call(create, { params, query: bracketQuery({ include }), body }, options);
  }

  /**
   * The items of a conversation, newest first unless `order` says otherwise.
   * `GET /conversations/{conversation_id}/items`
   *
   * @throws NotFoundError when there is no such conversation.
   */
  list(
    conversationId: string,
    query?: ConversationItemListQuery | null,
    options?: CallOptions,
  ): PagePromise<ConversationItem, WithRequestId<ConversationItemList>> {
    const params = { conversation_id: conversationId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, options);
  }

  /** One item. `GET /conversations/{conversation_id}/items/{item_id}` @throws NotFoundError when there is no such item. */
  retrieve(
    itemId: string,
    request: ConversationItemRetrieveRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationItem>> {
    const { conversation_id, include } = request;
    const params = { conversation_id, item_id: itemId };
    return this.#caller.call(retrieve, { params, query: bracketQuery({ include }) }, options);
  }

  /** Takes an item out of its conversation, which it gives. `DELETE /conversations/{conversation_id}/items/{item_id}` @throws NotFoundError when there is no such item. */
  delete(
    itemId: string,
    { conversation_id }: ConversationItemDeleteRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Conversation>> {
    const params = { conversation_id, item_id: itemId };
    return this.#caller.call(remove, { params }, options);
  }
}

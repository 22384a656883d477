import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import type {
  Conversation,
  ConversationCreateRequest,
  ConversationDeleted,
  ConversationUpdateRequest,
} from './conversation.ts';
import { validateConversation, validateConversationUpdate } from './conversation-schema.ts';
import { ConversationItems } from './items/conversation-items.ts';

const create: JsonEndpoint<ConversationCreateRequest, Conversation> = {
  operation: 'conversations.create',
  method: 'POST',
  path: '/conversations',
  resultKey: 'id',
  validate: validateConversation,
};

const retrieve: JsonEndpoint<undefined, Conversation> = {
  operation: 'conversations.retrieve',
  method: 'GET',
  path: '/conversations/{conversation_id}',
  resultKey: 'id',
};

const update: JsonEndpoint<ConversationUpdateRequest, Conversation> = {
  operation: 'conversations.update',
  method: 'POST',
  path: '/conversations/{conversation_id}',
  resultKey: 'id',
  validate: validateConversationUpdate,
};

const remove: JsonEndpoint<undefined, ConversationDeleted> = {
  operation: 'conversations.delete',
  method: 'DELETE',
  path: '/conversations/{conversation_id}',
  resultKey: 'deleted',
};

/** `/conversations`. */
export class Conversations {
  /** `/conversations/{conversation_id}/items`. */
  readonly items: ConversationItems;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.items = new ConversationItems(caller);
  }

  /** Begins a conversation. `POST /conversations` */
  create(
    request?: ConversationCreateRequest | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Conversation>> {
    return this.#caller.call(create, { body: request ?? {} }, options);
  }

  /** One conversation. `GET /conversations/{conversation_id}` @throws NotFoundError when there is no such conversation. */
  retrieve(
    conversationId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Conversation>> {
    const params = { conversation_id: conversationId };
    return this.#caller.call(retrieve, { params }, options);
  }

  /** Changes what is attached to a conversation. `POST /conversations/{conversation_id}` @throws NotFoundError when there is no such conversation. */
  update(
    conversationId: string,
    request: ConversationUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Conversation>> {
    const params = { conversation_id: conversationId };
    return this.#caller.call(update, { params, body: request }, options);
  }

  /** Deletes a conversation, but not its items. `DELETE /conversations/{conversation_id}` @throws NotFoundError when there is no such conversation. */
  delete(
    conversationId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationDeleted>> {
    const params = { conversation_id: conversationId };
    return this.#caller.call(remove, { params }, options);
  }
}

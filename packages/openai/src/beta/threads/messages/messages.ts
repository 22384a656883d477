import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../../../bracket-query.ts';
import type { CursorList, TwoWayCursorQuery } from '../../../cursor-list.ts';
import { assistantsBeta } from '../../assistants-beta.ts';
import type {
  ThreadMessage,
  ThreadMessageDeleted,
  ThreadMessageRequest,
  ThreadMessageUpdate,
} from './message.ts';

/** Which messages to list. */
export interface ThreadMessageQuery extends TwoWayCursorQuery {
  /** Only those that this run made. */
  readonly run_id?: string | undefined;
}

/** Which thread a message is of. */
export interface InThread {
  readonly thread_id: string;
}

const ALL = '/threads/{thread_id}/messages';
const ONE = `${ALL}/{message_id}`;

const create: JsonEndpoint<ThreadMessageRequest, ThreadMessage> = {
  operation: 'threads.messages.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateWith('openai threads.messages.create', () =>
    v.object({
      role: v.picklist(['user', 'assistant']),
      content: v.union([v.string(), v.pipe(v.array(v.object({ type: v.string() })), v.nonEmpty())]),
    }),
  ),
};

const retrieve: JsonEndpoint<undefined, ThreadMessage> = {
  operation: 'threads.messages.retrieve',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<Omit<ThreadMessageUpdate, 'thread_id'>, ThreadMessage> = {
  operation: 'threads.messages.update',
  method: 'POST',
  path: ONE,
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, ThreadMessageDeleted> = {
  operation: 'threads.messages.delete',
  method: 'DELETE',
  path: ONE,
  resultKey: 'deleted',
};

const list: ListEndpoint<ThreadMessage, CursorList<ThreadMessage>> = {
  operation: 'threads.messages.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/**
 * `/threads/{thread_id}/messages`. OpenAI's own API answers `GoneError` to all of it.
 *
 * @deprecated Use Conversations: `client.conversations.items`.
 */
export class ThreadMessages {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Adds a message to a thread. `POST /threads/{thread_id}/messages`
   *
   * @deprecated Use `client.conversations.items.create`.
   */
  create(
    threadId: string,
    request: ThreadMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ThreadMessage>> {
    const params = { thread_id: threadId };
    return this.#caller.call(create, { params, body: request }, assistantsBeta(options));
  }

  /**
   * One message. `GET /threads/{thread_id}/messages/{message_id}`
   *
   * @deprecated Use `client.conversations.items`.
   */
  retrieve(
    messageId: string,
    { thread_id }: InThread,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ThreadMessage>> {
    const params = { thread_id, message_id: messageId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /**
   * Changes a message. `POST /threads/{thread_id}/messages/{message_id}`
   *
   * @deprecated Use `client.conversations.items`.
   */
  update(
    messageId: string,
    { thread_id, ...body }: ThreadMessageUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ThreadMessage>> {
    const params = { thread_id, message_id: messageId };
    return this.#caller.call(update, { params, body }, assistantsBeta(options));
  }

  /**
   * The messages of a thread, newest first. `GET /threads/{thread_id}/messages`
   *
   * @deprecated Use `client.conversations.items`.
   */
  list(
    threadId: string,
    query?: ThreadMessageQuery | null,
    options?: CallOptions,
  ): PagePromise<ThreadMessage, WithRequestId<CursorList<ThreadMessage>>> {
    const params = { thread_id: threadId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, assistantsBeta(options));
  }

  /**
   * Deletes a message. `DELETE /threads/{thread_id}/messages/{message_id}`
   *
   * @deprecated Use `client.conversations.items`.
   */
  delete(
    messageId: string,
    { thread_id }: InThread,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ThreadMessageDeleted>> {
    const params = { thread_id, message_id: messageId };
    return this.#caller.call(remove, { params }, assistantsBeta(options));
  }
}

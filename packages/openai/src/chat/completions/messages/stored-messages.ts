import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type ListEndpoint,
  type PagePromise,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../../bracket-query.ts';
import type { CursorList, OrderedCursorQuery } from '../../../cursor-list.ts';
import type { StoredMessage } from '../stored-completion.ts';

const list: ListEndpoint<StoredMessage, CursorList<StoredMessage>> = {
  operation: 'chat.messages.list',
  method: 'GET',
  path: '/chat/completions/{completion_id}/messages',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/** `/chat/completions/{completion_id}/messages`. */
export class StoredMessages {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The messages that a stored completion answers. `GET /chat/completions/{completion_id}/messages` */
  list(
    completionId: string,
    query?: OrderedCursorQuery | null,
    options?: CallOptions,
  ): PagePromise<StoredMessage, WithRequestId<CursorList<StoredMessage>>> {
    const params = { completion_id: completionId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, options);
  }
}

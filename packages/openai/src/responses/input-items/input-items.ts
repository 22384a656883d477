import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type ListEndpoint,
  type PagePromise,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList, OrderedCursorQuery } from '../../cursor-list.ts';
import type { ResponseItem } from '../items/item.ts';
import type { ResponseIncludable } from '../response-config.ts';

/** Which items, and what of them. */
export interface InputItemListQuery extends OrderedCursorQuery {
  readonly include?: readonly ResponseIncludable[] | undefined;
}

/** The items that a response was made from. */
export interface ResponseItemList extends CursorList<ResponseItem> {
  first_id: string;
  last_id: string;
}

const list: ListEndpoint<ResponseItem, ResponseItemList> = {
  operation: 'responses.input_items.list',
  method: 'GET',
  path: '/responses/{response_id}/input_items',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/** `/responses/{response_id}/input_items`. */
export class InputItems {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * What a response was made from, newest first unless `order` says otherwise.
   * `GET /responses/{response_id}/input_items`
   *
   * @throws NotFoundError when the API keeps no such response.
   */
  list(
    responseId: string,
    query?: InputItemListQuery | null,
    options?: CallOptions,
  ): PagePromise<ResponseItem, WithRequestId<ResponseItemList>> {
    const request = { params: { response_id: responseId }, query: bracketQuery(query) };
    return this.#caller.list(list, request, options);
  }
}

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
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList, TwoWayCursorQuery } from '../../cursor-list.ts';
import { assistantsBeta } from '../assistants-beta.ts';
import type {
  Assistant,
  AssistantDeleted,
  AssistantRequest,
  AssistantUpdate,
} from './assistant.ts';

const ONE = '/assistants/{assistant_id}';

const create: JsonEndpoint<AssistantRequest, Assistant> = {
  operation: 'assistants.create',
  method: 'POST',
  path: '/assistants',
  resultKey: 'id',
  validate: validateWith('openai assistants.create', () =>
    v.object({ model: v.pipe(v.string(), v.nonEmpty()) }),
  ),
};

const retrieve: JsonEndpoint<undefined, Assistant> = {
  operation: 'assistants.retrieve',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<AssistantUpdate, Assistant> = {
  operation: 'assistants.update',
  method: 'POST',
  path: ONE,
  resultKey: 'id',
  validate: validateWith('openai assistants.update', () => v.object({})),
};

const remove: JsonEndpoint<undefined, AssistantDeleted> = {
  operation: 'assistants.delete',
  method: 'DELETE',
  path: ONE,
  resultKey: 'deleted',
};

const list: ListEndpoint<Assistant, CursorList<Assistant>> = {
  operation: 'assistants.list',
  method: 'GET',
  path: '/assistants',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/**
 * `/assistants`. OpenAI's own API answers `GoneError` to all of it.
 *
 * @deprecated Use Responses: `client.responses`.
 */
export class Assistants {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Makes an assistant. `POST /assistants`
   *
   * @deprecated Use `client.responses.create`.
   */
  create(
    request: AssistantRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Assistant>> {
    return this.#caller.call(create, { body: request }, assistantsBeta(options));
  }

  /**
   * One assistant. `GET /assistants/{assistant_id}`
   *
   * @deprecated Use `client.responses`.
   */
  retrieve(assistantId: string, options?: CallOptions): ResponsePromise<WithRequestId<Assistant>> {
    const params = { assistant_id: assistantId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /**
   * Changes an assistant. `POST /assistants/{assistant_id}`
   *
   * @deprecated Use `client.responses`.
   */
  update(
    assistantId: string,
    request: AssistantUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Assistant>> {
    const params = { assistant_id: assistantId };
    return this.#caller.call(update, { params, body: request }, assistantsBeta(options));
  }

  /**
   * All assistants, newest first. `GET /assistants`
   *
   * @deprecated Use `client.responses`.
   */
  list(
    query?: TwoWayCursorQuery | null,
    options?: CallOptions,
  ): PagePromise<Assistant, WithRequestId<CursorList<Assistant>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, assistantsBeta(options));
  }

  /**
   * Deletes an assistant. `DELETE /assistants/{assistant_id}`
   *
   * @deprecated Use `client.responses`.
   */
  delete(
    assistantId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<AssistantDeleted>> {
    const params = { assistant_id: assistantId };
    return this.#caller.call(remove, { params }, assistantsBeta(options));
  }
}

import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  type WithRequestId,
} from '@integrations/provider';
import type { Model, ModelDeleted, ModelList } from './model.ts';

const list: ListEndpoint<Model, ModelList> = {
  operation: 'models.list',
  method: 'GET',
  path: '/models',
  resultKey: 'data',
  pages: SINGLE_PAGE,
};

const retrieve: JsonEndpoint<undefined, Model> = {
  operation: 'models.retrieve',
  method: 'GET',
  path: '/models/{model}',
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, ModelDeleted> = {
  operation: 'models.delete',
  method: 'DELETE',
  path: '/models/{model}',
  resultKey: 'deleted',
};

/** `/models`. */
export class Models {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** All models that the key may use, on one page. `GET /models` */
  list(options?: CallOptions): PagePromise<Model, WithRequestId<ModelList>> {
    return this.#caller.list(list, {}, options);
  }

  /** One model. `GET /models/{model}` @throws NotFoundError when there is no such model. */
  retrieve(model: string, options?: CallOptions): ResponsePromise<WithRequestId<Model>> {
    return this.#caller.call(retrieve, { params: { model } }, options);
  }

  /**
   * Deletes a model that came of fine-tuning. `DELETE /models/{model}`
   *
   * @throws NotFoundError when there is no such model.
   * @throws PermissionDeniedError when the model belongs to somebody else.
   */
  delete(model: string, options?: CallOptions): ResponsePromise<WithRequestId<ModelDeleted>> {
    return this.#caller.call(remove, { params: { model } }, options);
  }
}

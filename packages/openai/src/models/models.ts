import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import type { Model, ModelList } from './model.ts';

const list: JsonEndpoint<undefined, ModelList> = {
  operation: 'models.list',
  method: 'GET',
  path: '/models',
  resultKey: 'data',
};

const retrieve: JsonEndpoint<undefined, Model> = {
  operation: 'models.retrieve',
  method: 'GET',
  path: '/models/{model}',
  resultKey: 'id',
};

/** `/models`. */
export class Models {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** All models that the key may use. `GET /models` */
  list(options?: CallOptions): ResponsePromise<WithRequestId<ModelList>> {
    return this.#caller.call(list, {}, options);
  }

  /** One model. `GET /models/{model}` @throws NotFoundError when there is no such model. */
  retrieve(model: string, options?: CallOptions): ResponsePromise<WithRequestId<Model>> {
    return this.#caller.call(retrieve, { params: { model } }, options);
  }
}

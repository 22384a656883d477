import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { jsonQuery } from '../json-query.ts';
import type { FineTunedModel, ModelArchival, ModelUpdate } from './fine-tuned-model.ts';
import type { Model, ModelDeleted, ModelList, ModelQuery } from './model.ts';

const list: ListEndpoint<Model, ModelList> = {
  operation: 'models.list',
  method: 'GET',
  path: '/v1/models',
  resultKey: 'data',
  pages: SINGLE_PAGE,
};

const get: JsonEndpoint<undefined, Model> = {
  operation: 'models.get',
  method: 'GET',
  path: '/v1/models/{model_id}',
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, ModelDeleted> = {
  operation: 'models.delete',
  method: 'DELETE',
  path: '/v1/models/{model_id}',
  resultKey: 'id',
};

const update: JsonEndpoint<ModelUpdate, FineTunedModel> = {
  operation: 'models.update',
  method: 'PATCH',
  path: '/v1/fine_tuning/models/{model_id}',
  resultKey: 'id',
  validate: validateWith('mistral models.update', () =>
    v.object({ name: v.nullish(v.string()), description: v.nullish(v.string()) }),
  ),
};

const archive: JsonEndpoint<undefined, ModelArchival> = {
  operation: 'models.archive',
  method: 'POST',
  path: '/v1/fine_tuning/models/{model_id}/archive',
  resultKey: 'id',
};

const unarchive: JsonEndpoint<undefined, ModelArchival> = {
  operation: 'models.unarchive',
  method: 'DELETE',
  path: '/v1/fine_tuning/models/{model_id}/archive',
  resultKey: 'id',
};

/** `/v1/models`, and what `/v1/fine_tuning/models` changes of them. */
export class Models {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The models that the key may use, on one page. `GET /v1/models` */
  list(
    query?: ModelQuery | null,
    options?: CallOptions,
  ): PagePromise<Model, WithRequestId<ModelList>> {
    return this.#caller.list(list, { query: jsonQuery(query) }, options);
  }

  /** One model. `GET /v1/models/{model_id}` @throws NotFoundError when there is no such model. */
  get(modelId: string, options?: CallOptions): ResponsePromise<WithRequestId<Model>> {
    return this.#caller.call(get, { params: { model_id: modelId } }, options);
  }

  /**
   * Deletes a model that came of fine-tuning. `DELETE /v1/models/{model_id}`
   *
   * @throws NotFoundError when there is no such model.
   */
  delete(modelId: string, options?: CallOptions): ResponsePromise<WithRequestId<ModelDeleted>> {
    return this.#caller.call(remove, { params: { model_id: modelId } }, options);
  }

  /**
   * Gives a model that came of fine-tuning another name or description.
   * `PATCH /v1/fine_tuning/models/{model_id}`
   *
   * @throws NotFoundError when there is no such model.
   */
  update(
    modelId: string,
    request: ModelUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTunedModel>> {
    return this.#caller.call(update, { params: { model_id: modelId }, body: request }, options);
  }

  /**
   * Takes a model that came of fine-tuning out of use; `unarchive` brings it back.
   * `POST /v1/fine_tuning/models/{model_id}/archive`
   *
   * @throws NotFoundError when there is no such model.
   */
  archive(modelId: string, options?: CallOptions): ResponsePromise<WithRequestId<ModelArchival>> {
    return this.#caller.call(archive, { params: { model_id: modelId } }, options);
  }

  /**
   * Brings an archived model back into use. `DELETE /v1/fine_tuning/models/{model_id}/archive`
   *
   * @throws NotFoundError when there is no such model.
   */
  unarchive(modelId: string, options?: CallOptions): ResponsePromise<WithRequestId<ModelArchival>> {
    return this.#caller.call(unarchive, { params: { model_id: modelId } }, options);
  }
}

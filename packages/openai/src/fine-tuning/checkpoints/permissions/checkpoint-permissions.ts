import {
  AFTER_LAST_ID,
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
import { bracketQuery } from '../../../bracket-query.ts';
import type { CursorList } from '../../../cursor-list.ts';
import type {
  CheckpointPermission,
  CheckpointPermissionDeleted,
  CheckpointPermissionQuery,
} from './checkpoint-permission.ts';

/** Which projects may use a checkpoint. */
export interface CheckpointPermissionRequest {
  readonly project_ids: readonly string[];
}

const PATH = '/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions';

const create: ListEndpoint<
  CheckpointPermission,
  CursorList<CheckpointPermission>,
  CheckpointPermissionRequest
> = {
  operation: 'fine_tuning.checkpoints.permissions.create',
  method: 'POST',
  path: PATH,
  resultKey: 'data',
  pages: SINGLE_PAGE,
  validate: validateWith('openai fine_tuning.checkpoints.permissions.create', () =>
    v.object({ project_ids: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.nonEmpty()) }),
  ),
};

const list: ListEndpoint<CheckpointPermission, CursorList<CheckpointPermission>> = {
  operation: 'fine_tuning.checkpoints.permissions.list',
  method: 'GET',
  path: PATH,
  resultKey: 'data',
  pages: AFTER_LAST_ID,
};

const retrieve: JsonEndpoint<undefined, CursorList<CheckpointPermission>> = {
  operation: 'fine_tuning.checkpoints.permissions.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'data',
};

const remove: JsonEndpoint<undefined, CheckpointPermissionDeleted> = {
  operation: 'fine_tuning.checkpoints.permissions.delete',
  method: 'DELETE',
  path: `${PATH}/{permission_id}`,
  resultKey: 'deleted',
};

/** `/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`. All of it needs an admin key. */
export class CheckpointPermissions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Lets projects use a checkpoint. `POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions` */
  create(
    fineTunedModelCheckpoint: string,
    request: CheckpointPermissionRequest,
    options?: CallOptions,
  ): PagePromise<CheckpointPermission, WithRequestId<CursorList<CheckpointPermission>>> {
    const params = { fine_tuned_model_checkpoint: fineTunedModelCheckpoint };
    return this.#caller.list(create, { params, body: request }, options);
  }

  /** Which projects may use a checkpoint. `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions` */
  list(
    fineTunedModelCheckpoint: string,
    query?: CheckpointPermissionQuery | null,
    options?: CallOptions,
  ): PagePromise<CheckpointPermission, WithRequestId<CursorList<CheckpointPermission>>> {
    const params = { fine_tuned_model_checkpoint: fineTunedModelCheckpoint };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, options);
  }

  /**
   * One page of the projects that may use a checkpoint. `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
   *
   * @deprecated Use `list`, which goes on to the other pages.
   */
  retrieve(
    fineTunedModelCheckpoint: string,
    query?: CheckpointPermissionQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<CursorList<CheckpointPermission>>> {
    const params = { fine_tuned_model_checkpoint: fineTunedModelCheckpoint };
    return this.#caller.call(retrieve, { params, query: bracketQuery(query) }, options);
  }

  /**
   * Takes a permission back. `DELETE /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}`
   *
   * @throws NotFoundError when there is no such permission.
   */
  delete(
    permissionId: string,
    params: { readonly fine_tuned_model_checkpoint: string },
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<CheckpointPermissionDeleted>> {
    const { fine_tuned_model_checkpoint } = params;
    return this.#caller.call(
      remove,
      { params: { fine_tuned_model_checkpoint, permission_id: permissionId } },
      options,
    );
  }
}

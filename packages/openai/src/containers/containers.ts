import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type Endpoint,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../bracket-query.ts';
import type { CursorList } from '../cursor-list.ts';
import type { Container } from './container.ts';
import type { ContainerCreateRequest, ContainerQuery } from './container-request.ts';
import { ContainerFiles } from './files/container-files.ts';

const PATH = '/containers/{container_id}';

const create: JsonEndpoint<ContainerCreateRequest, Container> = {
  operation: 'containers.create',
  method: 'POST',
  path: '/containers',
  resultKey: 'id',
  validate: validateWith('openai containers.create', () =>
    v.object({
      name: v.pipe(v.string(), v.nonEmpty()),
      file_ids: v.optional(v.array(v.pipe(v.string(), v.nonEmpty()))),
      memory_limit: v.optional(v.picklist(['1g', '4g', '16g', '64g'])),
      expires_after: v.optional(
        v.object({
          anchor: v.literal('last_active_at'),
          minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
        }),
      ),
    }),
  ),
};

const retrieve: JsonEndpoint<undefined, Container> = {
  operation: 'containers.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const list: ListEndpoint<Container, CursorList<Container>> = {
  operation: 'containers.list',
  method: 'GET',
  path: '/containers',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const remove: Endpoint<undefined> = {
  operation: 'containers.delete',
  method: 'DELETE',
  path: PATH,
};

/** `/containers`: places where models run code. */
export class Containers {
  /** `/containers/{container_id}/files`. */
  readonly files: ContainerFiles;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.files = new ContainerFiles(caller);
  }

  /** Makes a container. `POST /containers` */
  create(
    request: ContainerCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Container>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** How a container stands. `GET /containers/{container_id}` @throws NotFoundError */
  retrieve(containerId: string, options?: CallOptions): ResponsePromise<WithRequestId<Container>> {
    return this.#caller.call(retrieve, { params: { container_id: containerId } }, options);
  }

  /** All containers, newest first. `GET /containers` */
  list(
    query?: ContainerQuery | null,
    options?: CallOptions,
  ): PagePromise<Container, WithRequestId<CursorList<Container>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, options);
  }

  /** Deletes a container with its files. `DELETE /containers/{container_id}` @throws NotFoundError */
  delete(containerId: string, options?: CallOptions): ResponsePromise<void> {
    return this.#caller.callForNothing(remove, { params: { container_id: containerId } }, options);
  }
}

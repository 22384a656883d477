import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type Endpoint,
  FORM_BODY,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  uploadableSchema,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList, OrderedCursorQuery } from '../../cursor-list.ts';
import { ContainerFileContents } from './content/container-file-contents.ts';
import type { ContainerFile, ContainerFileRequest, InContainer } from './container-file.ts';

const ALL = '/containers/{container_id}/files';
const PATH = `${ALL}/{file_id}`;

/** The id of a file, as JSON. */
const copy: JsonEndpoint<ContainerFileRequest, ContainerFile> = {
  operation: 'containers.files.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateWith('openai containers.files.create', () =>
    v.pipe(
      v.object({
        file: v.optional(uploadableSchema()),
        file_id: v.optional(v.pipe(v.string(), v.nonEmpty())),
      }),
      v.check(
        ({ file, file_id }) => (file === undefined) !== (file_id === undefined),
        'must have either `file` or `file_id`',
      ),
    ),
  ),
};

/** The file itself, in a form. */
const upload: JsonEndpoint<ContainerFileRequest, ContainerFile> = {
  ...copy,
  encoding: FORM_BODY,
};

const retrieve: JsonEndpoint<undefined, ContainerFile> = {
  operation: 'containers.files.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const list: ListEndpoint<ContainerFile, CursorList<ContainerFile>> = {
  operation: 'containers.files.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const remove: Endpoint<undefined> = {
  operation: 'containers.files.delete',
  method: 'DELETE',
  path: PATH,
};

/** `/containers/{container_id}/files`. */
export class ContainerFiles {
  /** `/containers/{container_id}/files/{file_id}/content`. */
  readonly content: ContainerFileContents;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.content = new ContainerFileContents(caller);
  }

  /** Puts a file into a container. `POST /containers/{container_id}/files` */
  create(
    containerId: string,
    request: ContainerFileRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ContainerFile>> {
    const params = { container_id: containerId };
    // Callers without types may pass nothing at all; validation tells them so.
    const endpoint = request?.file === undefined ? copy : upload;
    return this.#caller.call(endpoint, { params, body: request }, options);
  }

  /** What is known of a file. `GET /containers/{container_id}/files/{file_id}` @throws NotFoundError */
  retrieve(
    fileId: string,
    container: InContainer,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ContainerFile>> {
    return this.#caller.call(retrieve, { params: { ...container, file_id: fileId } }, options);
  }

  /** The files of a container, newest first. `GET /containers/{container_id}/files` */
  list(
    containerId: string,
    query?: OrderedCursorQuery | null,
    options?: CallOptions,
  ): PagePromise<ContainerFile, WithRequestId<CursorList<ContainerFile>>> {
    const params = { container_id: containerId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, options);
  }

  /** Deletes a file of a container. `DELETE /containers/{container_id}/files/{file_id}` @throws NotFoundError */
  delete(fileId: string, container: InContainer, options?: CallOptions): ResponsePromise<void> {
    const params = { ...container, file_id: fileId };
    return this.#caller.callForNothing(remove, { params }, options);
  }
}

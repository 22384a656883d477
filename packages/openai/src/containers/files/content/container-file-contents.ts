import type {
  BinaryEndpoint,
  BinaryResponse,
  Caller,
  ResponsePromise,
  StreamOptions,
} from '@integrations/provider';
import type { InContainer } from '../container-file.ts';

const retrieve: BinaryEndpoint<undefined> = {
  operation: 'containers.files.content.retrieve',
  method: 'GET',
  path: '/containers/{container_id}/files/{file_id}/content',
  accept: 'application/binary',
};

/** `/containers/{container_id}/files/{file_id}/content`. */
export class ContainerFileContents {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The bytes of a file. `GET /containers/{container_id}/files/{file_id}/content` @throws NotFoundError */
  retrieve(
    fileId: string,
    container: InContainer,
    options?: StreamOptions,
  ): ResponsePromise<BinaryResponse> {
    return this.#caller.binary(retrieve, { params: { ...container, file_id: fileId } }, options);
  }
}

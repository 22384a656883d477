import { UploadedFile } from '../../form-data.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { listPage } from '../list-page.ts';
import { requireObjectBody, requireText } from '../request-fields.ts';
import type { ContainerSettings } from './container-settings.ts';
import type { ContainerFile, StoredContainer } from './stored-container.ts';

const ALL = '/v1/containers/{container_id}/files';
const PATH = `${ALL}/{file_id}`;

/** The files of a container. */
export function containerFileRoutes(
  settings: ContainerSettings,
  requireContainer: (id: string | undefined) => StoredContainer,
): Route[] {
  return [
    {
      method: 'POST',
      path: ALL,
      handle: ({ params, body }) => {
        const container = requireContainer(params['container_id']);
        const file = addFile(settings, container, requireObjectBody(body));
        return { kind: 'json', tokens: 0, body: container.showFile(file) };
      },
    },
    {
      method: 'GET',
      path: ALL,
      handle: ({ params, query }) => {
        const container = requireContainer(params['container_id']);
        const shown = container.files.all.map((file) => container.showFile(file));
        return { kind: 'json', tokens: 0, body: listPage(shown, query) };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => {
        const container = requireContainer(params['container_id']);
        const file = container.files.require(params['file_id']);
        return { kind: 'json', tokens: 0, body: container.showFile(file) };
      },
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = requireContainer(params['container_id']).files.remove(params['file_id']);
        const body = { id, object: 'container.file.deleted', deleted: true };
        return { kind: 'json', tokens: 0, body };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/content`,
      handle: ({ params }) => ({
        kind: 'binary',
        contentType: 'application/octet-stream',
        content: requireContainer(params['container_id']).files.require(params['file_id']).content,
        tokens: 0,
      }),
    },
  ];
}

/** Puts a file that the API keeps into a container. @throws RequestRefused 404 */
export function copyFile(
  settings: ContainerSettings,
  container: StoredContainer,
  fileId: string,
): ContainerFile {
  const { filename, content } = settings.files.require(fileId);
  return keep(settings, container, filename, content);
}

/** The request is a form with the file, or JSON with the id of one. */
function addFile(
  settings: ContainerSettings,
  container: StoredContainer,
  body: JsonObject,
): ContainerFile {
  const { file } = body;
  return file instanceof UploadedFile
    ? keep(settings, container, file.name, file.bytes)
    : copyFile(settings, container, requireText(body, 'file_id'));
}

function keep(
  { identifiers, now }: ContainerSettings,
  container: StoredContainer,
  name: string,
  content: Buffer,
): ContainerFile {
  container.touch();
  return container.files.add({
    id: `cfile_${identifiers.nextHex('container_file', 32)}`,
    path: `/mnt/data/${name}`,
    content,
    createdAt: now(),
    source: 'user',
  });
}

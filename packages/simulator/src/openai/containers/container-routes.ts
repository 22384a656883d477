import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { listPage } from '../list-page.ts';
import { optionalInteger, requireObjectBody, requireText, wrongType } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { containerFileRoutes, copyFile } from './container-file-routes.ts';
import type { ContainerSettings } from './container-settings.ts';
import { StoredContainer } from './stored-container.ts';

const USUAL_MINUTES = 20;
const MOST_MINUTES = 20;
const PATH = '/v1/containers/{container_id}';

/** /v1/containers and what is below it. */
export function containerRoutes(settings: ContainerSettings): Route[] {
  const { identifiers, now } = settings;
  const containers = new StoredObjects<StoredContainer>('container');
  const requireLive = (id: string | undefined): StoredContainer => {
    const container = containers.require(id);
    if (!container.isExpired) return container;
    throw new RequestRefused({
      status: 404,
      message: `Container ${container.id} has expired.`,
      type: 'invalid_request_error',
      code: null,
    });
  };
  return [
    {
      method: 'POST',
      path: '/v1/containers',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const id = `cntr_${identifiers.nextHex('container', 32)}`;
        const container = new StoredContainer(id, parseContainer(body), now);
        for (const fileId of parseFileIds(body)) copyFile(settings, container, fileId);
        return { kind: 'json', tokens: 0, body: containers.add(container).shown };
      },
    },
    {
      method: 'GET',
      path: '/v1/containers',
      handle: ({ query }) => {
        const name = query.get('name');
        const wanted = containers.all.filter((one) => name === null || one.name === name);
        const shown = wanted.map((container) => container.shown);
        return { kind: 'json', tokens: 0, body: listPage(shown, query) };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => ({
        kind: 'json',
        tokens: 0,
        body: containers.require(params['container_id']).shown,
      }),
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = containers.remove(params['container_id']);
        const body = { id, object: 'container.deleted', deleted: true };
        return { kind: 'json', tokens: 0, body };
      },
    },
    ...containerFileRoutes(settings, requireLive),
  ];
}

function parseContainer(body: JsonObject): { name: string; minutes: number; traits: JsonObject } {
  const name = requireText(body, 'name');
  const expiry = body['expires_after'] ?? {};
  if (!isJsonObject(expiry)) throw wrongType('expires_after', 'an object', expiry);
  const minutes = optionalInteger(expiry, 'minutes', { from: 1, to: MOST_MINUTES });
  const { memory_limit = '1g', network_policy = { type: 'disabled' } } = body;
  return { name, minutes: minutes ?? USUAL_MINUTES, traits: { memory_limit, network_policy } };
}

function parseFileIds(body: JsonObject): string[] {
  const ids = body['file_ids'] ?? [];
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw wrongType('file_ids', 'an array of strings', ids);
}

import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { listPage } from '../list-page.ts';
import { requireObjectBody, wrongType, wrongValue } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';

const PATH = '/v1/fine_tuning/checkpoints/{checkpoint}/permissions';

interface Permission {
  readonly id: string;
  readonly checkpoint: string;
  readonly projectId: string;
  readonly createdAt: number;
}

/** The routes of permissions for checkpoints. Whether the checkpoint exists is not checked. */
export function checkpointPermissionRoutes(identifiers: Identifiers): Route[] {
  const permissions = new StoredObjects<Permission>('checkpoint permission');
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ params, body }) => {
        const data = parseProjects(requireObjectBody(body)['project_ids']).map((projectId) =>
          permissions.add({
            id: `cp_${identifiers.next('checkpoint permission', 24)}`,
            checkpoint: params['checkpoint'] ?? '',
            projectId,
            createdAt: epochSeconds(),
          }),
        );
        return jsonReply(listPage(data.map(shown), new URLSearchParams({ limit: '100' })));
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params, query }) => {
        const project = query.get('project_id');
        const found = permissions.all.filter(
          ({ checkpoint, projectId }) =>
            checkpoint === params['checkpoint'] && (project === null || project === projectId),
        );
        return jsonReply(listPage(found.map(shown), query, { limit: 10 }));
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle: ({ params }) => {
        const { id } = permissions.remove(params['id']);
        return jsonReply({ id, object: 'checkpoint.permission', deleted: true });
      },
    },
  ];
}

function shown({ id, projectId, createdAt }: Permission): { readonly id: string } {
  const object = {
    id,
    object: 'checkpoint.permission',
    created_at: createdAt,
    project_id: projectId,
  };
  return object;
}

function parseProjects(given: unknown): string[] {
  if (!Array.isArray(given)) throw wrongType('project_ids', 'an array of strings', given);
  if (given.length === 0)
    throw wrongValue('project_ids', "'project_ids' must not be empty.", 'empty_array');
  return given.map(String);
}
